import assert from 'node:assert/strict';
import { test } from 'node:test';
import { quietUntil } from '../../workflows/domain/quiet-hours.ts';
import { aProperty } from '../support/stays.ts';

const HOUR = 3_600_000;
const MIDNIGHT = Date.UTC(2026, 10, 22);
/** By the clock of a house that is two hours ahead. */
const at = (hour: number): number => MIDNIGHT + (hour - 2) * HOUR;
const zone = { name: 'Europe/Helsinki', offsets: [[0, 120]] } as const;
const overnight = aProperty({ zone, messages: { quietHours: { from: 22 * 60, to: 8 * 60 } } });
const atNoon = aProperty({ zone, messages: { quietHours: { from: 12 * 60, to: 14 * 60 } } });

test('an SMS waits for the end of the quiet hours of the house’s clock, a mail does not, and neither does what starts before they end', () => {
  const tomorrow = { property: overnight, channel: 'sms', startsAt: at(40) } as const;
  assert.deepEqual(
    [21.9, 22, 24, 31.9, 32].map((hour) => (quietUntil({ ...tomorrow, at: at(hour) }) - at(0)) / HOUR),
    [21.9, 32, 32, 32, 32],
  );
  assert.deepEqual(
    [11, 12, 13, 14].map((hour) => (quietUntil({ ...tomorrow, property: atNoon, at: at(hour) }) - at(0)) / HOUR),
    [11, 14, 14, 14],
  );
  assert.equal(quietUntil({ ...tomorrow, channel: 'email', at: at(24) }), at(24));
  assert.equal(quietUntil({ ...tomorrow, at: at(24), startsAt: at(32) - 1 }), at(24));
  assert.equal(quietUntil({ ...tomorrow, at: at(24), startsAt: at(32) }), at(32));
});
