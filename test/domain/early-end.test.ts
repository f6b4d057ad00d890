import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ReservationStatus } from '../../workflows/domain/reservation.ts';
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

test('a message that was given up and arrived all the same, as its receipt says, is known: its guest hears of the end', () => {
  const player = booked();
  for (const _ of ['asked', 'answered']) for (const lane of [...player.errands.keys()]) player.progress({ lane });
  for (const lane of [...player.errands.keys()]) player.progress({ lane, fault: { pick: 0, isDone: true } });
  player.hear({ reservation: aReservation({ ...booking, version: 2, guests: [] }), property });
  player.finish();
  player.hear({ reservation: aReservation({ ...booking, version: 3, guests: [] }), property });
  assert.deepEqual(kinds(player), TOLD);
  const { messageId, providerId } = player.post.letters.find(({ channel }) => channel === 'sms') ?? { messageId: '', providerId: '' };
  player.tell({ kind: 'receipt', receipt: { messageId, sid: providerId, status: 'delivered', errorCode: null } });
  player.finish();
  assert.deepEqual(kinds(player), [...TOLD, 'sms access_ended']);
});
