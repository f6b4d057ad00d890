import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Reservation, ReservationStatus } from '../../workflows/domain/reservation.ts';
import { Player } from '../model/player.ts';
import { aProperty, aReservation } from '../support/stays.ts';

const HOUR = 3_600_000;
const T0 = Date.UTC(2026, 10, 22, 12);
const booking = { startsAt: T0 - 2 * HOUR, endsAt: T0 + 48 * HOUR };
const property = aProperty();

const booked = (): Player => new Player({ reservation: aReservation(booking), property, now: T0 });
const kinds = ({ post }: Player): string[] =>
  post.letters.filter(({ kind }) => kind !== 'staff_alert').map(({ channel, kind }) => `${channel} ${kind}`);
const TOLD = ['email access_ready', 'sms access_ready'];
const TOLD_OF_THE_END = [...TOLD, 'email access_ended', 'sms access_ended'];

function kindsAfterDepartureIsPast(status: ReservationStatus): string[] {
  const player = booked();
  player.finish();
  player.hear({ reservation: aReservation({ ...booking, version: 2, status, endsAt: T0 - HOUR }), property });
  player.finish();
  return kinds(player);
}

test('a departure that the PMS moves into the past ends told access early, so the guest hears of it, unless the guest checked out', () => {
  assert.deepEqual(kindsAfterDepartureIsPast('confirmed'), TOLD_OF_THE_END);
  assert.deepEqual(kindsAfterDepartureIsPast('checked_out'), TOLD);
});

test('a guest taken off the booking while the first message is on its way hears that access ended', () => {
  const player = booked();
  for (const _ of ['asked', 'answered']) for (const lane of [...player.errands.keys()]) player.progress({ lane });
  for (const lane of [...player.errands.keys()]) player.progress({ lane });
  assert.deepEqual(kinds(player), TOLD);
  player.hear({ reservation: aReservation({ ...booking, version: 2, guests: [] }), property });
  player.finish();
  assert.deepEqual(kinds(player), TOLD_OF_THE_END);
});

/** The first messages are given up with their fate unknown, after the booking changed. */
function givenUp(change: Partial<Reservation>): Player {
  const player = booked();
  for (const _ of ['asked', 'answered']) for (const lane of [...player.errands.keys()]) player.progress({ lane });
  for (const lane of [...player.errands.keys()]) player.progress({ lane, fault: { pick: 0, isDone: true } });
  player.hear({ reservation: aReservation({ ...booking, version: 2, ...change }), property });
  player.finish();
  player.hear({ reservation: aReservation({ ...booking, version: 3, ...change }), property });
  assert.deepEqual(kinds(player), TOLD);
  return player;
}

function smsArrives(player: Player): void {
  const { messageId, providerId } = player.post.letters.find(({ channel }) => channel === 'sms') ?? { messageId: '', providerId: '' };
  player.tell({ kind: 'receipt', receipt: { messageId, sid: providerId, status: 'delivered', errorCode: null } });
  player.finish();
}

test('a message that was given up and arrived all the same, as its receipt says, is known: its guest hears of the end', () => {
  const player = givenUp({ guests: [] });
  smsArrives(player);
  assert.deepEqual(kinds(player), [...TOLD, 'sms access_ended']);
});

test('the word that access is late leaves open whether the message before it arrived', () => {
  const rooms = [{ id: '1', unitId: null, arrival: null, departure: null }];
  const player = givenUp({ rooms });
  player.advance(T0 + HOUR);
  player.finish();
  assert.ok(kinds(player).includes('sms access_pending'));
  player.hear({ reservation: aReservation({ ...booking, version: 4, rooms, guests: [] }), property });
  player.finish();
  smsArrives(player);
  assert.ok(kinds(player).includes('sms access_ended'));
});

test('a message that arrived at an address that the guest has left meanwhile is followed by a farewell there', () => {
  const rooms = [{ id: '1', unitId: null, arrival: null, departure: null }];
  const player = givenUp({ rooms });
  const guests = aReservation(booking).guests.map((guest) => ({ ...guest, phone: '+351912345679' }));
  player.hear({ reservation: aReservation({ ...booking, version: 4, rooms, guests }), property });
  player.finish();
  smsArrives(player);
  assert.ok(kinds(player).includes('sms contact_changed'));
});
