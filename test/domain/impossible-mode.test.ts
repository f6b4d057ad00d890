/** What a door cannot do, as the stay tells it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PlayedStay } from '../support/played-stay.ts';
import { aProperty, aReservation } from '../support/stays.ts';

const DAY = 24 * 3_600_000;
const T0 = Date.UTC(2026, 10, 22, 12);

test('a mode that a door cannot do blocks at once with its name, one alert, and is looked at ever more rarely until it is mended', async () => {
  const reservation = aReservation({ startsAt: T0 + 300 * DAY, endsAt: T0 + 301 * DAY });
  const stay = await PlayedStay.book({ reservation, property: aProperty(), now: T0 });
  const about = 'Card-only door (door-101) cannot be opened with code';
  const impossible = {
    kind: 'grant' as const,
    failure: { type: 'ModeImpossible' as const, code: 'code/door-101', retryAfter: null, about },
  };
  stay.failing.push(...Array.from({ length: 12 }, () => impossible));
  await stay.until(T0 + 90 * DAY);
  assert.deepEqual([stay.view.readiness, stay.kinds()], ['blocked', ['email staff_alert']]);
  assert.match(stay.view.reasons.map(({ text }) => text).join(), /Card-only door \(door-101\) cannot be opened with code/);
  assert.equal(stay.failing.length, 0);
  await stay.until(T0 + 299 * DAY);
  assert.deepEqual([stay.view.readiness, stay.seam.grants.size], ['ready', 1]);
});
