import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Reservation } from '../../workflows/domain/reservation.ts';
import { PlayedStay } from '../support/played-stay.ts';
import { aProperty, aReservation } from '../support/stays.ts';

const HOUR = 3_600_000;
const T0 = Date.UTC(2026, 10, 22, 12);
const booking = { startsAt: T0 + 20 * HOUR, endsAt: T0 + 48 * HOUR };
const ATTENTION = booking.startsAt - 4 * HOUR;
const guest = { id: 'g1', name: 'Ada', email: 'ada@guests.example', phone: null, language: 'en' };

const twoRooms = (second: string | null, version: number): Reservation =>
  aReservation({
    ...booking,
    version,
    rooms: [
      { id: '1', unitId: '101', arrival: null, departure: null },
      { id: '2', unitId: second, arrival: null, departure: null },
    ],
    guests: [
      { ...guest, roomIds: ['1', '2'] },
      { ...guest, id: 'g2', email: 'bob@guests.example', roomIds: ['1'] },
    ],
  });
const told = (stay: PlayedStay, guestId: string): readonly (readonly string[])[] =>
  stay.sent.flatMap((message) =>
    message.guestId === guestId && 'facts' in message.notice ? [message.notice.facts.rooms.map(({ unitId }) => unitId)] : [],
  );

test('a stay is not ready while one of its rooms has no unit, and its guest hears of all rooms in one message once it has', async () => {
  const stay = await PlayedStay.book({ reservation: twoRooms(null, 1), property: aProperty(), now: T0 });
  await stay.until(T0 + HOUR);
  assert.deepEqual([stay.view.readiness, stay.view.reasons.map(({ code }) => code)], ['pending', ['no_unit']]);
  assert.deepEqual([told(stay, 'g1'), told(stay, 'g2')], [[], [['101']]], 'who has only the other room need not wait');
  await stay.change(twoRooms('102', 2));
  assert.deepEqual([told(stay, 'g1'), stay.view.readiness], [[['101', '102']], 'ready']);
});

test('a guest of a room without a unit is told of the others from attentionBefore on, when a person has to mend it', async () => {
  const stay = await PlayedStay.book({ reservation: twoRooms(null, 1), property: aProperty(), now: T0 });
  await stay.until(ATTENTION - 1);
  assert.deepEqual(told(stay, 'g1'), []);
  await stay.until(ATTENTION);
  assert.deepEqual([told(stay, 'g1'), stay.view.readiness], [[['101']], 'blocked']);

  const late = await PlayedStay.book({ reservation: twoRooms(null, 1), property: aProperty(), now: booking.startsAt - HOUR });
  await late.until(booking.startsAt - HOUR + 2 * 60_000);
  assert.deepEqual(told(late, 'g1'), [['101']], 'a late booking waits no longer than a minute');
});
