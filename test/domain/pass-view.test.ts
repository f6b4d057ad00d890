import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type PassView, passViewOf } from '../../workflows/domain/pass-view.ts';
import type { Order } from '../../workflows/messages.ts';
import { PlayedStay } from '../support/played-stay.ts';
import { aProperty, aReservation, iso } from '../support/stays.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const T0 = Date.UTC(2026, 10, 22, 12);
const booking = { startsAt: T0 + HOUR, endsAt: T0 + 2 * DAY };
const guest = (id: string, roomIds: readonly string[]) => ({
  id,
  name: `Guest ${id}`,
  email: `${id}@guests.example`,
  phone: null,
  language: null,
  roomIds,
});

const order = (given: Order, key: string) => ({
  kind: 'action' as const,
  action: { ...given, idempotencyKey: key, by: 'desk', reason: null },
});

async function aStay(reservation = aReservation(booking), property = aProperty()): Promise<PlayedStay> {
  const stay = await PlayedStay.book({ reservation, property, now: T0 });
  await stay.settle();
  return stay;
}

function seen(stay: PlayedStay, guestId = 'g1'): PassView {
  const view = passViewOf({ state: stay.state, guestId, now: stay.now });
  assert.ok(view);
  return view;
}

test('a guest sees the own rooms, doors and keys and nobody else has any part in it', async () => {
  const rooms = ['101', '102'].map((unitId, i) => ({ id: String(i + 1), unitId, arrival: null, departure: null }));
  const guests = [guest('g1', ['1']), guest('g2', ['2'])];
  const stay = await aStay(aReservation({ ...booking, rooms, guests }));
  for (const [guestId, unitId] of [
    ['g1', '101'],
    ['g2', '102'],
  ] as const) {
    const view = seen(stay, guestId);
    assert.equal(view.phase, 'given');
    assert.deepEqual(
      view.rooms.map((room) => [room.unitId, room.doors.map(({ id }) => id), room.keys.length]),
      [[unitId, [`door-${unitId}`], 1]],
    );
    assert.doesNotMatch(JSON.stringify(view), new RegExp(guestId === 'g1' ? 'g2|door-102' : 'g1|door-101'));
  }
  assert.equal(passViewOf({ state: stay.state, guestId: 'g3', now: stay.now }), null);
});

test('nothing is shown before the time to reveal it, unless the guest was told', async () => {
  const far = { startsAt: T0 + 3 * DAY, endsAt: T0 + 4 * DAY };
  const stay = await aStay(aReservation(far));
  assert.deepEqual([seen(stay).phase, seen(stay).rooms], ['waiting', []]);
  await stay.tell(order({ action: 'resend' }, 'k1'));
  assert.equal(seen(stay).phase, 'given');
  const silent = await aStay(aReservation({ ...far, guests: [{ ...guest('g1', ['1']), email: null }] }));
  await silent.until(far.startsAt - DAY - 1);
  assert.equal(seen(silent).phase, 'waiting');
  await silent.until(far.startsAt - DAY);
  assert.equal(seen(silent).phase, 'given');
});

test('a held stay shows no code, also one that was told; its doors stay', async () => {
  const stay = await aStay();
  assert.equal(seen(stay).mayShow, true);
  await stay.tell(order({ action: 'hold' }, 'k1'));
  assert.deepEqual([seen(stay).mayShow, seen(stay).phase], [false, 'given']);
});

test('while access changes the page shows what the guest was told and still has, and a leaked key never', async () => {
  const stay = await aStay();
  stay.seam.issuesAtOnce = false;
  const rooms = [{ id: '1', unitId: '102', arrival: null, departure: null }];
  await stay.change(aReservation({ ...booking, version: 2, rooms }));
  assert.deepEqual(
    seen(stay).rooms.map(({ unitId }) => unitId),
    ['101'],
  );
  await stay.tell(order({ action: 'reissue', accessMethodId: 'grant-1-method' }, 'k1'));
  assert.deepEqual([seen(stay).phase, seen(stay).rooms], ['waiting', []]);
});

test('the page says what is the matter: tentative, blocked, over however it came', async () => {
  assert.equal(seen(await aStay(aReservation({ ...booking, status: 'tentative' }))).phase, 'tentative');
  const rooms = [{ id: '1', unitId: '999', arrival: null, departure: null }];
  assert.equal(seen(await aStay(aReservation({ ...booking, rooms }))).phase, 'blocked');
  const cancelled = await aStay();
  await cancelled.change(aReservation({ ...booking, version: 2, status: 'cancelled' }));
  const revoked = await aStay();
  await revoked.tell(order({ action: 'revoke' }, 'k1'));
  const ended = await aStay();
  await ended.until(booking.endsAt);
  for (const stay of [cancelled, revoked, ended]) assert.deepEqual([seen(stay).phase, seen(stay).rooms], ['over', []]);
});

test('the page is over with the last of the guest’s own rooms, though others stay on, and opens again with an extension', async () => {
  const stayOf = (version: number, ends: readonly number[]) => {
    const rooms = ends.map((at, i) => ({ id: String(i + 1), unitId: `10${i + 1}`, arrival: null, departure: iso(at) }));
    const guests = [guest('g1', ['1', '2']), guest('g2', ['1'])];
    return aReservation({ ...booking, version, endsAt: T0 + 3 * DAY, rooms, guests });
  };
  const phases = (stay: PlayedStay) => ['g1', 'g2'].map((id) => [seen(stay, id).phase, seen(stay, id).rooms.length]);
  const stay = await aStay(stayOf(1, [T0 + DAY, T0 + 3 * DAY]));
  assert.deepEqual(phases(stay), [
    ['given', 2],
    ['given', 1],
  ]);
  await stay.until(T0 + DAY);
  assert.deepEqual(phases(stay), [
    ['given', 1],
    ['over', 0],
  ]);
  await stay.change(stayOf(2, [T0 + 2 * DAY, T0 + 3 * DAY]));
  assert.deepEqual(phases(stay), [
    ['given', 2],
    ['given', 1],
  ]);
  await stay.until(T0 + 3 * DAY);
  assert.deepEqual(phases(stay), [
    ['over', 0],
    ['over', 0],
  ]);
});

test('a guest who asks for help is heard once an hour by staff, with the guest in the timeline', async () => {
  const stay = await aStay();
  const alerts = () => stay.kinds().filter((kind) => kind.endsWith('staff_alert')).length;
  const ask = (guestId = 'g1') => stay.tell({ kind: 'help', request: { guestId } });
  for (const _ of [1, 2]) await ask();
  await ask('stranger');
  assert.equal(alerts(), 1);
  assert.deepEqual(
    stay.view.timeline.filter(({ actor }) => actor === 'guest').map(({ what, by }) => [what, by]),
    [['asked_for_help', 'g1']],
  );
  assert.equal(stay.view.reasons.find(({ code }) => code === 'guest_needs_help')?.for, 'staff');
  await stay.until(T0 + HOUR);
  await ask();
  assert.equal(alerts(), 2);
});
