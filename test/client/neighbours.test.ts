/** Whom a question for a unit finds, by what the stays themselves published. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { occupantOf } from '../../workflows/domain/occupancy.ts';
import type { ReservationStatus } from '../../workflows/domain/reservation.ts';
import { aQuestion, aUnit } from '../support/neighbours.ts';
import { PlayedStay } from '../support/played-stay.ts';
import { aProperty, aReservation } from '../support/stays.ts';
import { VisibleStay } from '../support/visible-stay.ts';

const HOUR = 3_600_000;
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
