/** Whom a question for a unit finds, by what the stays themselves published. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { occupantOf, residuesOf } from '../../workflows/domain/occupancy.ts';
import type { ReservationStatus } from '../../workflows/domain/reservation.ts';
import { aQuestion, aUnit } from '../support/neighbours.ts';
import { PlayedStay } from '../support/played-stay.ts';
import { aProperty, aReservation } from '../support/stays.ts';
import { VisibleStay } from '../support/visible-stay.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const T0 = Date.UTC(2026, 10, 22, 12);
const booking = { startsAt: T0 + HOUR, endsAt: T0 + 5 * DAY };
/** Of a stay that was booked later. */
const inTheMiddle = aQuestion({ bookedAt: T0 + DAY, units: [aUnit({ startsAt: T0 + 2 * DAY, endsAt: T0 + 3 * DAY })] });

async function anEarlierStay(status: ReservationStatus = 'confirmed') {
  const stay = await PlayedStay.book({ reservation: aReservation({ ...booking, status }), property: aProperty(), now: T0 });
  const visible = new VisibleStay(stay);
  const keepsOut = async (): Promise<boolean> =>
    occupantOf({ question: inTheMiddle, neighbours: await visible.seenBy(inTheMiddle), now: stay.now }) !== null;
  const becomes = (version: number, next: ReservationStatus) => stay.change(aReservation({ ...booking, version, status: next }));
  return { stay, visible, keepsOut, becomes };
}

test('who can still open a unit keeps the next guest out, whatever the PMS calls the stay, and nobody does once that is taken back', async () => {
  for (const status of ['no_show', 'tentative'] as const) {
    const inHouse = await anEarlierStay('checked_in');
    await inHouse.stay.until(T0 + DAY);
    await inHouse.becomes(2, status);
    await inHouse.stay.until(T0 + 2 * DAY);
    assert.deepEqual([await inHouse.keepsOut(), inHouse.stay.seam.grants.size], [true, 1], status);
    const unissued = await anEarlierStay();
    unissued.stay.seam.issuesAtOnce = false;
    await unissued.stay.until(T0 + 2 * HOUR);
    await unissued.becomes(2, status);
    assert.deepEqual([await unissued.keepsOut(), unissued.stay.seam.grants.size], [true, 1], `${status}, never ready`);
    const before = await anEarlierStay();
    await before.stay.settle();
    before.stay.failing.push({ kind: 'revoke', failure: { type: 'StillThere', code: null, retryAfter: null } });
    await before.becomes(2, status);
    assert.equal(await before.keepsOut(), true, `${status}, Seam still holds it`);
    await before.stay.until(T0 + 13 * HOUR);
    assert.deepEqual([await before.keepsOut(), before.stay.seam.grants.size], [false, 0], `${status}, nothing left`);
  }
  assert.equal(await (await anEarlierStay('tentative')).keepsOut(), false, 'never had access');
});

test('a stay that an operator revoked keeps nobody out once Seam holds nothing of it, and everybody until then and after a release', async () => {
  const { stay, keepsOut } = await anEarlierStay();
  const order = { by: 'desk', reason: null } as const;
  await stay.until(T0 + DAY);
  stay.failing.push({ kind: 'revoke', failure: { type: 'StillThere', code: null, retryAfter: null } });
  await stay.tell({ kind: 'action', action: { ...order, idempotencyKey: 'k1', action: 'revoke' } });
  assert.deepEqual([stay.view.readiness, await keepsOut()], ['closing', true]);
  await stay.until(T0 + DAY + HOUR);
  assert.deepEqual([stay.view.readiness, stay.isFinished, await keepsOut()], ['closed', false, false]);
  await stay.tell({ kind: 'action', action: { ...order, idempotencyKey: 'k2', action: 'release', waive: [] } });
  assert.deepEqual([stay.view.readiness, await keepsOut()], ['ready', true]);
});

test('a guest who was moved and can’t be told can still open the old unit: its next guest is let in, and the staff of both hear of it', async () => {
  const { stay, visible } = await anEarlierStay();
  const next = aQuestion({ units: [aUnit({ startsAt: T0 + 2 * DAY, endsAt: T0 + 3 * DAY })] });
  const found = async () => {
    const neighbours = await visible.seenBy(next);
    return {
      keptOut: occupantOf({ question: next, neighbours, now: stay.now }) !== null,
      left: residuesOf({ question: next, neighbours }),
    };
  };
  const alerts = (): string[] =>
    stay.sent.flatMap(({ notice }) => (notice.kind === 'staff_alert' ? notice.causes.map(({ code }) => code) : []));
  const move = (version: number, unitId: string) =>
    stay.change(aReservation({ ...booking, version, rooms: [{ id: '1', unitId, arrival: null, departure: null }] }));
  await stay.until(T0 + DAY);
  await move(2, '102');
  await stay.until(T0 + DAY + 2 * MINUTE);
  assert.deepEqual([stay.seam.grants.size, await found(), alerts()], [1, { keptOut: false, left: [] }, []], 'told at once');
  await move(3, '101');
  for (const type of ['MailRefused', 'SmsRefused'] as const)
    stay.failing.push({ kind: 'send', failure: { type, code: null, retryAfter: null } });
  await move(4, '102');
  const movedAt = stay.now;
  assert.deepEqual(await found(), { keptOut: false, left: [] }, 'two stays may be swapping their units');
  await stay.until(movedAt + MINUTE);
  const left = [{ key: 'test:R1', unitIds: ['101'], until: booking.endsAt }];
  assert.deepEqual([stay.seam.grants.size, await found()], [2, { keptOut: false, left }]);
  await stay.until(movedAt + HOUR);
  assert.deepEqual(
    alerts().filter((code) => code === 'old_unit_open'),
    ['old_unit_open'],
  );
  const order = { idempotencyKey: 'k1', by: 'desk', reason: null } as const;
  await stay.tell({ kind: 'action', action: { ...order, action: 'told', guestId: 'g1', how: 'by phone' } });
  assert.deepEqual([stay.seam.grants.size, await found()], [1, { keptOut: false, left: [] }]);
  assert.ok(stay.view.reasons.every(({ code }) => code !== 'old_unit_open'));
});
