import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apply } from '../../workflows/domain/apply.ts';
import { addErrand, findErrand } from '../../workflows/domain/errand.ts';
import type { FailureType } from '../../workflows/domain/failure-types.ts';
import { refusalOf } from '../../workflows/domain/order-refusal.ts';
import type { Order } from '../../workflows/messages.ts';
import { Player } from '../model/player.ts';
import { hearSeam } from '../model/tidings.ts';
import { aStay, asked, booking, failed, HOUR, order, SECOND, stateOf, T0 } from '../support/errand-orders.ts';
import { aProperty, aReservation, iso } from '../support/stays.ts';

const unlock = (change: Partial<Extract<Order, { action: 'unlock' }>> = {}): Order => ({
  action: 'unlock',
  entranceId: 'door-101',
  deviceId: null,
  guestId: null,
  ...change,
});

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

test('the door of a room that ended before its stay is not unlocked any more, although nobody has looked since', async () => {
  const stay = await aStay({ modes: ['cloud_key'] });
  const end = stay.now + HOUR;
  const rooms = [
    { id: '1', unitId: '101', arrival: null, departure: iso(end) },
    { id: '2', unitId: '102', arrival: null, departure: null },
  ];
  await stay.change(aReservation({ ...booking, version: 2, rooms }));
  const refusal = (now: number) => refusalOf({ state: stay.state, action: asked(unlock(), 'k1', now), now });
  assert.equal(refusal(end - 1), null);
  assert.match(refusal(end) ?? '', /Access ended/);
});

test('no door is unlocked by access that is to be taken back and waits for its turn', () => {
  const property = aProperty({ access: { modes: ['cloud_key'] } });
  const player = new Player({ reservation: aReservation({ ...booking, startsAt: T0 }), property, now: T0 });
  player.finish();
  const order = (idempotencyKey: string): boolean => player.order({ ...unlock(), idempotencyKey, by: 'desk', reason: null });
  assert.equal(order('k1'), true);
  player.finish();
  const [event] = player.seam.events;
  assert.ok(event !== undefined);
  hearSeam({ player, event });
  player.hear({ reservation: aReservation({ ...booking, startsAt: T0, version: 2, guests: [] }), property });
  assert.deepEqual([...player.errands.values()].map(({ command }) => command.kind).toSorted(), ['read', 'send']);
  assert.equal(order('k2'), false);
});

test('an unlock needs mode cloud_key, and a plain device the ability to be unlocked from afar', async () => {
  const byCode = await aStay({ modes: ['code'] });
  assert.match((await order(byCode, asked(unlock(), 'k1'))) ?? '', /no cloud keys/);
  const doors = { entrances: ['door-101'], devices: ['gate', 'shed'], spaces: [], spaceKeys: [] };
  const stay = await aStay({ modes: ['cloud_key'], now: T0, units: { '101': { doors, modes: null } } });
  stay.seam.remoteDevices.push('gate');
  await stay.tell({ kind: 'action', action: asked({ action: 'retry' }, 'look') });
  await stay.until(booking.startsAt);
  const device = (deviceId: string, key: string) => order(stay, asked(unlock({ entranceId: null, deviceId }), key));
  assert.match((await device('shed', 'k1')) ?? '', /Door shed cannot be unlocked from afar/);
  assert.match((await device('door-101', 'k2')) ?? '', /no access to such a door/);
  assert.equal(await device('gate', 'k3'), null);
  assert.deepEqual(stay.deeds, [{ kind: 'unlock', doorId: 'gate', accessMethodId: null }]);
});

test('an unlock that the device did not confirm reads requested, also when nothing is heard of it any more; a guest’s is the guest’s', async () => {
  const stay = await aStay({ modes: ['cloud_key'] });
  stay.attempts.push({ state: 'requested' });
  await order(stay, asked(unlock({ guestId: 'g1' }), 'k1'));
  assert.deepEqual(
    stay.view.timeline.slice(-2).map(({ what, actor, detail }) => [what, actor, detail]),
    [
      ['unlock', 'guest', 'door-101; g1'],
      ['unlock_requested', 'seam', 'door-101'],
    ],
  );
  const action = asked(unlock(), 'k2');
  stay.state = apply({ state: stay.state, event: { kind: 'action', action }, now: stay.now });
  assert.equal(await order(stay, asked(unlock(), 'k3')), 'Door door-101 is being unlocked already; wait for it.');
  stay.attempts.push({ state: 'sent' });
  stay.failing.push(
    { kind: 'followErrand', failure: failed('SeamUnavailable') },
    { kind: 'followErrand', failure: failed('SeamUnavailable') },
  );
  await stay.settle();
  assert.equal(stateOf(stay, 'k2'), 'sent');
  stay.attempts.push({ state: 'sent' });
  await stay.until(stay.now + 60 * SECOND);
  assert.equal(stateOf(stay, 'k2'), 'requested');
  assert.deepEqual([stay.deeds.length, stay.state.setbacks], [2, {}]);
});

test('whatever a try ends with, nothing but another order sends again; what is not known is said so', async () => {
  const stay = await aStay({ modes: ['cloud_key'] });
  const ends: readonly [FailureType, string | null, 'failed' | 'unknown', RegExp][] = [
    ['SeamRejected', 'access_method_not_active', 'failed', /Not done: Seam refused the request \(access_method_not_active\)/],
    ['TooLate', null, 'failed', /Not done: it was asked for too long ago/],
    ['SeamRateLimited', null, 'failed', /slow down/],
    ['SeamUnavailable', 'ECONNRESET', 'unknown', /not known whether it was done: .*ECONNRESET.* Try the door/],
    ['Unexpected', null, 'unknown', /not known/],
  ];
  for (const [type, code, state, words] of ends) {
    stay.failing.push({ kind: 'sendErrand', failure: failed(type, code) });
    await order(stay, asked(unlock(), type));
    const errand = findErrand({ state: stay.state, key: type });
    assert.deepEqual([errand?.state, errand?.actionAttemptId], [state, null]);
    assert.match(errand?.problem ?? '', words);
  }
  await stay.until(stay.now + HOUR);
  await order(stay, asked({ action: 'retry' }, 'retry'));
  await order(stay, asked(unlock(), 'SeamUnavailable'));
  assert.deepEqual([stay.deeds, stay.state.setbacks], [[], {}]);
});

test('errands under way are always remembered, of the others the newest', async () => {
  const stay = await aStay({ modes: ['cloud_key'] });
  stay.state = apply({ state: stay.state, event: { kind: 'action', action: asked(unlock(), 'open') }, now: stay.now });
  const [open] = stay.state.errands ?? [];
  assert.ok(open);
  let { state } = stay;
  for (let i = 0; i < 30; i += 1) state = addErrand({ state, errand: { ...open, key: `k${i}`, state: 'confirmed' } });
  assert.deepEqual([state.errands?.length, state.errands?.[0]?.key, state.errands?.at(-1)?.key], [21, 'open', 'k29']);
});
