/** A guest's address changes while a message to it is on its way, or waits for its channel (rule 14). */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Player } from '../model/player.ts';
import { hearEverything, receive } from '../model/tidings.ts';
import { aProperty, aReservation } from '../support/stays.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const T0 = Date.UTC(2026, 10, 22, 12);
const OLD = 'ada@guests.example';
const NEW = 'stranger@relay.example';
const property = aProperty({ messages: { channels: ['email'] } });

const bookedTo = ({ email, version }: { email: string; version: number }) => {
  const guests = [{ id: 'g1', name: 'Ada', email, phone: null, language: 'en', roomIds: ['1'] }];
  return aReservation({ startsAt: T0 - HOUR, endsAt: T0 + 48 * HOUR, guests, version });
};

/** The first message has been started and nothing has come of it yet. */
function sending(): Player {
  const player = new Player({ reservation: bookedTo({ email: OLD, version: 1 }), property, now: T0 });
  for (const _ of ['asked', 'answered']) for (const lane of [...player.errands.keys()]) player.progress({ lane });
  assert.deepEqual([...player.errands.keys()], ['m1']);
  return player;
}

const toGuest = ({ post }: Player): string[] =>
  post.letters.filter(({ kind }) => kind !== 'staff_alert').map(({ address, kind }) => `${kind} ${address}`);

test('an address that changes while the key is on its way to the old one gets no key; the old one hears, and staff', () => {
  const player = sending();
  player.progress({ lane: 'm1' });
  player.hear({ reservation: bookedTo({ email: NEW, version: 2 }), property });
  player.finish();
  player.advance(T0 + HOUR);
  player.finish();
  assert.deepEqual(toGuest(player), [`access_ready ${OLD}`, `contact_changed ${OLD}`]);
  assert.ok(player.record.wasAlerted({ cause: 'contact_changed/email/g1', since: T0 }));
});

test('that access is late was said to an old number that never got it: the new one is told', () => {
  const bySms = aProperty({ messages: { channels: ['sms'] } });
  const withPhone = ({ phone, version }: { phone: string; version: number }) => ({
    ...bookedTo({ email: OLD, version }),
    guests: [{ id: 'g1', name: 'Ada', email: null, phone, language: 'en', roomIds: ['1'] }],
  });
  const player = new Player({ reservation: withPhone({ phone: '+351910000001', version: 1 }), property: bySms, now: T0 });
  player.seam.manners = { ...player.seam.manners, issues: 'late' };
  player.advance(T0 + HOUR);
  player.hear({ reservation: withPhone({ phone: '+351910000002', version: 2 }), property: bySms });
  receive({ player, step: { kind: 'receipt', pick: 0, status: 'undelivered' } });
  player.seam.heal();
  hearEverything(player);
  player.finish();
  assert.equal(toGuest(player).at(-1), 'access_ready +351910000002');
});

test('a message that waits for its channel is not tried again at an address that is no longer the guest’s', () => {
  const player = sending();
  player.progress({ lane: 'm1', fault: { pick: 0, isDone: false } });
  player.progress({ lane: 'm1' });
  player.hear({ reservation: bookedTo({ email: NEW, version: 2 }), property });
  player.finish();
  player.advance(T0 + HOUR);
  player.finish();
  assert.deepEqual(toGuest(player), [`access_ready ${NEW}`]);
});
