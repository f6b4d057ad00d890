import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Guest, Reservation } from '../../workflows/domain/reservation.ts';
import { PlayedStay } from '../support/played-stay.ts';
import { aProperty, aReservation, iso } from '../support/stays.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const T0 = Date.UTC(2026, 10, 22, 12);
const booking = { startsAt: T0 + HOUR, endsAt: T0 + 6 * DAY };
const byMail = aProperty({ messages: { channels: ['email'] } });
const onlyMain = aProperty({ messages: { channels: ['email'] }, access: { guests: 'main' } });

const ada: Guest = { id: 'g1', name: 'Ada', email: 'ada@guests.example', phone: null, language: 'en', roomIds: ['1'] };
const bob: Guest = { ...ada, id: 'g2', name: 'Bob', email: 'bob@guests.example' };
const words = (stay: PlayedStay): readonly string[] =>
  stay.sent.flatMap(({ address, notice }) => (notice.kind === 'staff_alert' ? [] : [`${notice.kind} ${address}`]));

async function inHouse(guests: readonly Guest[], property = byMail): Promise<PlayedStay> {
  const stay = await PlayedStay.book({ reservation: aReservation({ ...booking, guests }), property, now: T0 });
  await stay.until(T0 + 5 * HOUR);
  stay.sent.length = 0;
  return stay;
}

test('who is put on the booking in the house is told of the key, and not in the same second that it is late', async () => {
  const companion = await inHouse([ada]);
  await companion.change(aReservation({ ...booking, version: 2, guests: [ada, bob] }));
  assert.deepEqual(words(companion), ['access_ready bob@guests.example']);

  const main = await inHouse([ada, bob], onlyMain);
  await main.change(aReservation({ ...booking, version: 2, guests: [bob, ada] }));
  assert.deepEqual(words(main), ['access_ready bob@guests.example', 'access_ended ada@guests.example']);

  const late = await inHouse([ada]);
  late.seam.issuesAtOnce = false;
  await late.change(aReservation({ ...booking, version: 2, guests: [ada, bob] }));
  await late.until(late.now + HOUR);
  assert.deepEqual(words(late), ['access_pending bob@guests.example'], 'it is said once it is late');
});

test('a guest whom the PMS renumbers in the house does not hear last that the access ended', async () => {
  const stay = await inHouse([ada]);
  const renumbered = [{ ...ada, id: 'gX', email: 'Ada@guests.example' }];
  await stay.change(aReservation({ ...booking, version: 2, guests: renumbered }));
  await stay.until(stay.now + HOUR);
  assert.deepEqual([words(stay), stay.seam.grants.size], [['access_ready Ada@guests.example'], 1]);
  await stay.change(aReservation({ ...booking, version: 3, status: 'cancelled', guests: renumbered }));
  await stay.until(stay.now + HOUR);
  assert.deepEqual(words(stay).slice(1), ['access_ended Ada@guests.example'], 'one word of the end, to whoever has the address now');
});

test('a guest of a later room alone is told that it is late when that room begins, not when another guest’s does', async () => {
  const middle = booking.startsAt + 3 * DAY;
  const rooms = (unitId: string | null): Reservation['rooms'] => [
    { id: '1', unitId: '101', arrival: null, departure: iso(middle) },
    { id: '2', unitId, arrival: iso(middle), departure: null },
  ];
  const guests = [ada, { ...bob, roomIds: ['2'] }];
  const stay = await PlayedStay.book({ reservation: aReservation({ ...booking, rooms: rooms(null), guests }), property: byMail, now: T0 });
  await stay.settle();
  stay.seam.issuesAtOnce = false;
  await stay.change(aReservation({ ...booking, version: 2, rooms: rooms('102'), guests }));
  await stay.until(middle - 1);
  assert.deepEqual(words(stay), ['access_ready ada@guests.example']);
  await stay.until(middle);
  const late = stay.sent.findLast(({ guestId }) => guestId === 'g2')?.notice;
  assert.deepEqual(late, { kind: 'access_pending', startsAt: middle, unitIds: ['102'] });
});

test('an end that was taken back before its message went out is not told', async () => {
  const stay = await PlayedStay.book({ reservation: aReservation({ ...booking, guests: [ada] }), property: byMail, now: T0 });
  await stay.settle();
  stay.failing.push({ kind: 'send', failure: { type: 'MailUnavailable', code: null, retryAfter: null } });
  await stay.change(aReservation({ ...booking, version: 2, status: 'cancelled', guests: [ada] }));
  await stay.change(aReservation({ ...booking, version: 3, guests: [ada] }));
  await stay.until(T0 + 2 * HOUR);
  assert.deepEqual([words(stay), stay.view.readiness], [['access_ready ada@guests.example', 'access_changed ada@guests.example'], 'ready']);
});
