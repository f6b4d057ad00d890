import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decide } from '../../workflows/domain/decide.ts';
import { findErrand } from '../../workflows/domain/errand.ts';
import type { Failure, FailureType } from '../../workflows/domain/failure-types.ts';
import { refusalOf } from '../../workflows/domain/order-refusal.ts';
import type { Property } from '../../workflows/domain/property.ts';
import type { Action, Order } from '../../workflows/messages.ts';
import { PlayedStay } from '../support/played-stay.ts';
import { aProperty, aReservation } from '../support/stays.ts';

const SECOND = 1_000;
const HOUR = 3_600_000;
const T0 = Date.UTC(2026, 10, 22, 12);
const booking = { startsAt: T0 + HOUR, endsAt: T0 + 48 * HOUR };

const asked = (order: Order, key: string, askedAt?: number): Action => ({
  ...order,
  idempotencyKey: key,
  by: 'desk',
  reason: null,
  ...(askedAt === undefined ? {} : { askedAt }),
});
const unlock = (change: Partial<Extract<Order, { action: 'unlock' }>> = {}): Order => ({
  action: 'unlock',
  entranceId: 'door-101',
  deviceId: null,
  guestId: null,
  ...change,
});
const failed = (type: FailureType, code: string | null = null): Failure => ({ type, code, retryAfter: null });

async function aStay({
  modes,
  now = booking.startsAt + HOUR,
  ...change
}: { modes: Property['access']['modes']; now?: number } & Partial<Property>) {
  const stay = await PlayedStay.book({
    reservation: aReservation(booking),
    property: aProperty({ access: { modes }, ...change }),
    now: T0,
  });
  await stay.until(now);
  return stay;
}

/** Refused with words, or taken and done. */
async function order(stay: PlayedStay, action: Action): Promise<string | null> {
  const refusal = refusalOf({ state: stay.state, action, now: stay.now });
  if (refusal === null) await stay.tell({ kind: 'action', action });
  return refusal;
}
const stateOf = (stay: PlayedStay, key: string) => findErrand({ state: stay.state, key })?.state;
const last = (stay: PlayedStay) => stay.view.timeline.at(-1);

test('a door is unlocked by the cloud key that opens it, in the window only, never later than ten seconds after asking', async () => {
  const stay = await aStay({ modes: ['code', 'cloud_key'], now: booking.startsAt - 1 });
  assert.match((await order(stay, asked(unlock(), 'early'))) ?? '', /starts at/);
  await stay.until(booking.startsAt + HOUR);
  assert.match((await order(stay, asked(unlock({ entranceId: 'door-102' }), 'other'))) ?? '', /no access to such a door/);
  assert.match((await order(stay, asked(unlock({ guestId: 'g2' }), 'stranger'))) ?? '', /no access to such a door/);
  assert.match((await order(stay, asked(unlock(), 'late', stay.now - 11 * SECOND))) ?? '', /too long ago/);
  assert.equal(await order(stay, asked(unlock(), 'k1')), null);
  assert.deepEqual(stay.deeds, [{ kind: 'unlock', doorId: 'door-101', accessMethodId: 'grant-1-method-cloud_key' }]);
  await stay.until(booking.endsAt - 1);
  await stay.tell({ kind: 'action', action: asked({ action: 'revoke' }, 'k2') });
  assert.match((await order(stay, asked(unlock(), 'over'))) ?? '', /no access to such a door/);
  assert.equal(stay.deeds.length, 1);
});
