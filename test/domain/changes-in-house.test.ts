import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Player } from '../model/player.ts';
import { PlayedStay } from '../support/played-stay.ts';
import { aProperty, aReservation, iso } from '../support/stays.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const T0 = Date.UTC(2026, 10, 22, 12);
const booking = { startsAt: T0 + HOUR, endsAt: T0 + 2 * DAY };
const channel = { name: 'ota', reference: 'HM1' };
const ADA = { id: 'g1', name: 'Ada', email: 'ada@guests.example', phone: null, language: 'en', roomIds: ['1'] };
const room = (
  id: string,
  { unitId = '101', arrival = null, departure = null }: Partial<Record<'unitId' | 'arrival' | 'departure', string | null>> = {},
) => ({
  id,
  unitId,
  arrival,
  departure,
});

const kinds = (stay: PlayedStay): string[] =>
  stay.sent.filter(({ notice }) => notice.kind !== 'staff_alert').map(({ notice }) => notice.kind);
const order = (departure: string) =>
  ({ kind: 'action', action: { action: 'change-departure', departure, idempotencyKey: departure, by: 'desk', reason: null } }) as const;

test('other numbers for the same guest, room or unit leave nobody in front of a door: the successor is told first', async () => {
  const bob = { ...ADA, id: 'g2', email: 'bob@guests.example', roomIds: ['2'] };
  const two = [room('1'), room('2', { unitId: '102' })];
  const before = { rooms: two, guests: [ADA, bob] };
  const changes = [
    {
      rooms: two,
      guests: [
        { ...ADA, roomIds: ['2'] },
        { ...bob, roomIds: ['1'] },
      ],
    },
    {
      rooms: [room('A'), room('B', { unitId: '102' })],
      guests: [
        { ...ADA, roomIds: ['A'] },
        { ...bob, roomIds: ['B'] },
      ],
    },
    {
      rooms: two,
      guests: [
        { ...ADA, id: 'x1' },
        { ...bob, id: 'x2' },
      ],
    },
  ];
  for (const change of changes) {
    const stay = await PlayedStay.book({ reservation: aReservation({ ...booking, ...before }), property: aProperty(), now: T0 });
    await stay.until(T0 + 2 * HOUR);
    stay.seam.issuesAtOnce = false;
    await stay.change(aReservation({ ...booking, ...change, version: 2 }));
    assert.deepEqual(
      stay.seam.log.map((entry) => entry.split(' ')[0]),
      ['grant', 'grant', 'grant', 'grant'],
    );
    stay.seam.issue();
    await stay.tell({ kind: 'action', action: { action: 'retry', idempotencyKey: 'r', by: 'desk', reason: null } });
    await stay.until(T0 + 4 * HOUR);
    assert.equal(stay.view.access.filter(({ state }) => state === 'issued').length, 2);
    assert.equal(stay.view.access.filter(({ state }) => state === 'revoked').length, 2);
  }
});

test('a guest who is taken off the booking loses access at once, also when another guest comes in the same change', async () => {
  const stay = await PlayedStay.book({ reservation: aReservation({ ...booking, guests: [ADA] }), property: aProperty(), now: T0 });
  await stay.until(T0 + 2 * HOUR);
  stay.seam.issuesAtOnce = false;
  await stay.change(aReservation({ ...booking, version: 2, guests: [{ ...ADA, id: 'g2', email: 'bob@guests.example' }] }));
  assert.ok(stay.seam.log.some((entry) => entry.startsWith('revoke')));
});

test('a booking that names no room any more keeps a guest in until the grace or the stay ends', async () => {
  for (const { status, lives } of [
    { status: 'confirmed' as const, lives: 44 * HOUR },
    { status: 'cancelled' as const, lives: 10 * MINUTE },
  ]) {
    const stay = await PlayedStay.book({ reservation: aReservation(booking), property: aProperty(), now: T0 });
    await stay.until(T0 + 3 * HOUR);
    await stay.change(aReservation({ ...booking, version: 2, status, rooms: [], guests: [ADA] }));
    await stay.until(T0 + 3 * HOUR + lives);
    assert.equal(stay.view.access[0]?.state, 'issued', status);
    await stay.until(booking.endsAt + HOUR);
    assert.equal(stay.view.access[0]?.state, 'revoked', status);
  }
});

test('a departure that the desk sets, and a check-in before the time, hold for a room with times of its own', async () => {
  const late = await PlayedStay.book({
    reservation: aReservation({ ...booking, rooms: [room('1', { departure: iso(booking.endsAt + HOUR) })] }),
    property: aProperty(),
    now: T0,
  });
  await late.tell(order(iso(booking.endsAt + DAY)));
  assert.equal(late.view.window.endsAt, iso(booking.endsAt + DAY));
  const times = { startsAt: T0 + 5 * HOUR, endsAt: T0 + DAY, rooms: [room('1', { arrival: iso(T0 + 6 * HOUR) })] };
  const early = await PlayedStay.book({ reservation: aReservation(times), property: aProperty(), now: T0 });
  await early.change(aReservation({ ...times, version: 2, status: 'checked_in' }));
  assert.equal(early.view.window.startsAt, iso(T0));
});

test('rooms of a later part of the stay are not opened by a check-in, and none outlasts a departure that the desk set', async () => {
  const rooms = [room('1', { departure: iso(T0 + DAY) }), room('2', { unitId: '102', arrival: iso(T0 + DAY) })];
  const guests = [{ ...ADA, roomIds: ['1', '2'] }];
  const stay = await PlayedStay.book({ reservation: aReservation({ ...booking, rooms, guests }), property: aProperty(), now: T0 });
  await stay.change(aReservation({ ...booking, rooms, guests, version: 2, status: 'checked_in' }));
  await stay.tell(order(iso(T0 + 20 * HOUR)));
  const first = stay.view.access.find(({ roomId }) => roomId === '1');
  assert.deepEqual([first?.startsAt, first?.endsAt], [iso(T0), iso(T0 + 20 * HOUR)]);
  assert.notEqual(stay.view.access.find(({ roomId }) => roomId === '2')?.startsAt, iso(T0));
});

test('a departure that the desk set stands when the PMS says the same moment in other words', async () => {
  const booked = (departure: string, version: number) => ({ ...aReservation({ ...booking, version }), departure });
  const stay = await PlayedStay.book({ reservation: booked('2026-11-24', 1), property: aProperty(), now: T0 });
  await stay.tell(order('2026-11-25'));
  const { endsAt } = stay.view.window;
  await stay.change(booked('2026-11-24T11:00', 2));
  assert.equal(stay.view.window.endsAt, endsAt);
});

test('a booking that was handed over and is cancelled only then ends at once and without a word', async () => {
  const property = aProperty({ access: { rebookGrace: DAY } });
  const stay = await PlayedStay.book({ reservation: aReservation({ ...booking, channel }), property, now: T0 });
  await stay.until(T0 + 2 * HOUR);
  await stay.tell({ kind: 'rebooked', rebooked: { by: 'latchkey:test:R2' } });
  await stay.change(aReservation({ ...booking, channel, version: 2, status: 'cancelled' }));
  assert.equal(stay.view.access[0]?.state, 'revoked');
  await stay.until(T0 + 4 * HOUR);
  assert.deepEqual(
    kinds(stay).filter((kind) => kind !== 'access_ready'),
    [],
  );
});

test('a stay that replaces another is told at once where the guest knows a code, and else when codes are told', async () => {
  for (const { startsAt, word } of [
    { startsAt: T0 + HOUR, word: 'access_changed' },
    { startsAt: T0 + 30 * DAY, word: 'access_ready' },
  ]) {
    const property = aProperty({ messages: { channels: ['email'] } });
    const stay = await PlayedStay.book({ reservation: aReservation({ startsAt, endsAt: startsAt + DAY, channel }), property, now: T0 });
    stay.rebooks = 'latchkey:test:R0';
    await stay.settle();
    await stay.until(startsAt);
    assert.deepEqual(kinds(stay), [word]);
  }
});

test('a stay that was moved to later days and then has no room keeps nothing for them, though its first days had begun', async () => {
  const stay = await PlayedStay.book({ reservation: aReservation(booking), property: aProperty(), now: T0 });
  await stay.until(T0 + 2 * HOUR);
  const later = { startsAt: T0 + 6 * DAY, endsAt: T0 + 7 * DAY };
  await stay.change(aReservation({ ...later, version: 2 }));
  await stay.change(aReservation({ ...later, version: 3, rooms: [] }));
  assert.equal(stay.view.access[0]?.state, 'revoked');
});

test('access of no booked room that begins later now, as a read shows, is not kept for a guest who is in', () => {
  const property = aProperty();
  const stay = { startsAt: T0 - HOUR, endsAt: T0 + 8 * HOUR };
  const player = new Player({ reservation: aReservation(stay), property, now: T0 });
  player.finish();
  const later = room('1', { arrival: iso(T0 + 4 * HOUR), departure: iso(T0 + 5 * HOUR) });
  player.hear({ reservation: aReservation({ ...stay, version: 2, rooms: [later] }), property });
  player.hear({ reservation: aReservation({ ...stay, version: 3, rooms: [] }), property });
  player.finish();
  assert.equal(player.seam.grants.size, 0);
});

test('a room that is taken off a guest who holds another one ends at once, though that one is being made anew', async () => {
  const rooms = [room('1'), room('2')];
  const both = { rooms, guests: [{ ...ADA, roomIds: ['1', '2'] }] };
  const stay = await PlayedStay.book({ reservation: aReservation({ ...booking, ...both }), property: aProperty(), now: T0 });
  await stay.until(T0 + 2 * HOUR);
  stay.seam.issuesAtOnce = false;
  const property = aProperty({
    units: { '101': { doors: { entrances: ['other'], devices: [], spaces: [], spaceKeys: [] }, modes: null } },
  });
  await stay.change(aReservation({ ...booking, ...both, version: 2 }), property);
  await stay.change(aReservation({ ...booking, rooms, guests: [ADA], version: 3 }), property);
  const living = stay.view.access.filter(({ state }) => state !== 'revoked' && state !== 'revoking');
  assert.deepEqual(
    living.map(({ roomId }) => roomId),
    ['1', '1'],
  );
});
