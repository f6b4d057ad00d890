import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Player } from '../model/player.ts';
import { hearEverything } from '../model/tidings.ts';
import { aProperty, aReservation } from '../support/stays.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const T0 = Date.UTC(2026, 10, 22, 12);
const booking = { startsAt: T0 - HOUR, endsAt: T0 + 48 * HOUR };
const entrance = (id: string) => ({ doors: { entrances: [id], devices: [], spaces: [], spaceKeys: [] }, modes: null });
const units = { '101': entrance('door-101'), '102': entrance('door-102'), '103': entrance('door-103') };
const property = aProperty({ units });
const atOnce = aProperty({ units, access: { cancelGrace: 0 } });

const inUnit = ({ unitId, version }: { unitId: string | null; version: number }) =>
  aReservation({ ...booking, version, rooms: [{ id: '1', unitId, arrival: null, departure: null }] });

const doorsHeld = ({ seam }: Player): string[] => [...seam.grants.values()].flatMap(({ asked }) => [...asked.entrances]);

test('a guest in house who is moved twice while grants are in the making, and then has no unit, is left with two grants at most', () => {
  const player = new Player({ reservation: inUnit({ unitId: '101', version: 1 }), property, now: T0 });
  for (const [i, unitId] of ['103', '102', null].entries()) player.hear({ reservation: inUnit({ unitId, version: i + 2 }), property });
  player.finish();
  assert.deepEqual(doorsHeld(player), ['door-103', 'door-102']);
});

test('grants in the making that nobody was told of end with the room, though the stay has begun', () => {
  const player = new Player({ reservation: inUnit({ unitId: '101', version: 1 }), property, now: T0 });
  for (const [i, unitId] of ['103', '102'].entries()) player.hear({ reservation: inUnit({ unitId, version: i + 2 }), property });
  player.hear({ reservation: aReservation({ ...booking, version: 4, rooms: [] }), property });
  player.finish();
  assert.deepEqual(doorsHeld(player), []);
});

test('a guest in house whose room lost its unit during a move keeps the grant that is known and the one that was to come', () => {
  const player = new Player({ reservation: inUnit({ unitId: '101', version: 1 }), property, now: T0 });
  player.finish();
  for (const [i, unitId] of ['103', '102', null].entries()) player.hear({ reservation: inUnit({ unitId, version: i + 2 }), property });
  player.finish();
  assert.deepEqual(doorsHeld(player), ['door-101', 'door-102']);
});

test('a guest whose stay began earlier than first booked keeps a room without a unit, also where the answer to the new times was lost', () => {
  const later = { ...booking, startsAt: T0 + 24 * HOUR, endsAt: T0 + 72 * HOUR };
  const player = new Player({ reservation: aReservation({ ...later, version: 1 }), property, now: T0 });
  player.finish();
  player.hear({ reservation: inUnit({ unitId: '101', version: 2 }), property });
  const [lane = ''] = player.errands.keys();
  player.progress({ lane, fault: { pick: 0, isDone: true } });
  player.progress({ lane });
  hearEverything(player);
  player.hear({ reservation: inUnit({ unitId: null, version: 3 }), property });
  player.finish();
  assert.deepEqual(doorsHeld(player), ['door-101']);
});

test('times that change and come back, while Seam has been asked for the others, are true again only once a read shows them', () => {
  const player = new Player({ reservation: inUnit({ unitId: '101', version: 1 }), property, now: T0 });
  player.finish();
  player.seam.manners = { ...player.seam.manners, moves: 'slow' };
  player.hear({ reservation: aReservation({ ...booking, version: 2, endsAt: T0 + HOUR }), property });
  const [lane = ''] = player.errands.keys();
  player.progress({ lane });
  player.hear({ reservation: inUnit({ unitId: '101', version: 3 }), property });
  assert.equal(player.view.readiness, 'pending');
  player.finish();
  assert.equal(player.view.readiness, 'pending');
  player.seam.heal();
  hearEverything(player);
  player.advance(T0 + 2 * MINUTE);
  player.finish();
  assert.deepEqual([[...player.seam.grants.values()][0]?.window.endsAt, player.view.readiness], [booking.endsAt, 'ready']);
});

test('times that come back although the answer to the others was lost are true only once Seam has them again', () => {
  const player = new Player({ reservation: inUnit({ unitId: '101', version: 1 }), property, now: T0 });
  player.finish();
  player.hear({ reservation: aReservation({ ...booking, version: 2, endsAt: booking.endsAt + 24 * HOUR }), property });
  const [lane = ''] = player.errands.keys();
  player.progress({ lane, fault: { pick: 0, isDone: true } });
  player.progress({ lane });
  player.hear({ reservation: inUnit({ unitId: '101', version: 3 }), property });
  player.advance(T0 + 2 * MINUTE);
  player.finish();
  assert.deepEqual([[...player.seam.grants.values()][0]?.window.endsAt, player.view.readiness], [booking.endsAt, 'ready']);
});

test('a cancelled stay that waits for its rebooking keeps two grants at most', () => {
  const channel = { name: 'ota', reference: 'ABC' };
  const player = new Player({ reservation: { ...inUnit({ unitId: '101', version: 1 }), channel }, property: atOnce, now: T0 });
  player.finish();
  player.rebookedBy = 'latchkey:test:R2';
  for (const [i, unitId] of ['103', '102'].entries())
    player.hear({ reservation: { ...inUnit({ unitId, version: i + 2 }), channel }, property: atOnce });
  player.hear({ reservation: { ...inUnit({ unitId: '102', version: 4 }), channel, status: 'cancelled' }, property: atOnce });
  player.finish();
  assert.deepEqual(doorsHeld(player), ['door-101', 'door-102']);
});

test('a guest who was told of one unit, of another and of the first again keeps the key to that one while a third is made', () => {
  const half = { doors: { entrances: ['door-102', 'door-dead'], devices: [], spaces: [], spaceKeys: [] }, modes: null };
  const house = aProperty({ units: { ...units, '102': half } });
  const player = new Player({ reservation: inUnit({ unitId: '101', version: 1 }), property: house, now: T0 });
  player.seam.dead.add('door-dead');
  player.finish();
  player.hear({ reservation: inUnit({ unitId: '102', version: 2 }), property: house });
  player.advance(T0 + 2 * MINUTE);
  player.finish();
  player.hear({ reservation: inUnit({ unitId: '101', version: 3 }), property: house });
  player.seam.manners = { ...player.seam.manners, issues: 'late' };
  // While the word of the first unit is on its way.
  player.hear({ reservation: inUnit({ unitId: '103', version: 4 }), property: house });
  player.finish();
  assert.ok(doorsHeld(player).includes('door-101'));
});

test('a booking that is cancelled again is looked for again, although the search of the first time failed', () => {
  const channel = { name: 'ota', reference: 'ABC' };
  const word = (status: 'confirmed' | 'cancelled', version: number) => ({
    reservation: { ...inUnit({ unitId: '101', version }), channel, status },
    property,
  });
  const player = new Player({ ...word('confirmed', 1), now: T0 });
  player.finish();
  player.hear(word('cancelled', 2));
  player.progress({ lane: 'rebooking', fault: { pick: 0, isDone: false } });
  player.finish();
  player.hear(word('confirmed', 3));
  player.finish();
  player.advance(T0 + HOUR);
  player.hear(word('cancelled', 4));
  assert.ok(player.errands.has('rebooking'));
});

test('a guest who hears of one room alone keeps the key to the other one, moved twice meanwhile, until a new one is told', () => {
  const inUnits = ({ units: [first, second], version }: { units: readonly [string, string]; version: number }) => {
    const rooms = [first, second].map((unitId, i) => ({ id: String(i + 1), unitId, arrival: null, departure: null }));
    const guests = aReservation(booking).guests.map((guest) => ({ ...guest, roomIds: ['1', '2'] }));
    return aReservation({ ...booking, version, rooms, guests });
  };
  const player = new Player({ reservation: inUnits({ units: ['101', '102'], version: 1 }), property, now: T0 });
  player.finish();
  player.seam.manners = { ...player.seam.manners, issues: 'late' };
  player.hear({ reservation: inUnits({ units: ['101', '103'], version: 2 }), property });
  player.advance(T0 + HOUR);
  const [first = ''] = player.seam.grants.keys();
  player.seam.recode(first);
  hearEverything(player);
  player.finish();
  player.hear({ reservation: inUnits({ units: ['101', '101'], version: 3 }), property });
  player.finish();
  assert.deepEqual(doorsHeld(player), ['door-101', 'door-102', 'door-101']);
});

test('a guest whose mail changed keeps the key that was told by the old one, moved twice before the next is told', () => {
  const house = aProperty({ messages: { channels: ['email'], contactChange: 'send' } });
  const moved = (door: string) => ({ ...house, units: { '101': entrance(door) } });
  const first = inUnit({ unitId: '101', version: 1 });
  const player = new Player({ reservation: first, property: house, now: T0 });
  player.finish();
  const [told] = player.seam.grants.keys();
  player.configure(moved('door-2'));
  player.configure(moved('door-3'));
  const guests = first.guests.map((guest) => ({ ...guest, email: 'other@guests.example' }));
  player.hear({ reservation: { ...first, guests, version: 2 }, property: moved('door-3') });
  const [second = ''] = [...player.errands.values()].flatMap(({ command }) => (command.kind === 'grant' ? [command.lane] : []));
  player.progress({ lane: second });
  player.progress({ lane: second });
  assert.ok(told !== undefined && player.seam.grants.has(told) && !player.record.revoking.has(told));
});

test('a door that works again while a read still shows it dead is read once more', () => {
  const player = new Player({ reservation: inUnit({ unitId: '101', version: 1 }), property, now: T0 });
  player.finish();
  hearEverything(player);
  player.finish();
  player.seam.setDead({ door: 'door-101', isDead: true });
  hearEverything(player);
  const [lane = ''] = player.errands.keys();
  player.progress({ lane });
  player.seam.setDead({ door: 'door-101', isDead: false });
  hearEverything(player);
  player.finish();
  assert.equal(player.view.readiness, 'ready');
});
