import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Player } from '../model/player.ts';
import { hearEverything, receive } from '../model/tidings.ts';
import { aProperty, aReservation } from '../support/stays.ts';

const HOUR = 3_600_000;
const T0 = Date.UTC(2026, 10, 22, 12);

/** A stay whose first words are under way. */
function beingTold(): Player {
  const reservation = aReservation({ startsAt: T0 - HOUR, endsAt: T0 + 48 * HOUR });
  const player = new Player({ reservation, property: aProperty(), now: T0 });
  const [grant = ''] = player.errands.keys();
  player.progress({ lane: grant });
  player.progress({ lane: grant });
  return player;
}

const resend = (player: Player) => player.order({ action: 'resend', idempotencyKey: 'again', by: 'desk', reason: null });
const sends = (player: Player): string[] => [...player.errands].flatMap(([lane, { command }]) => (command.kind === 'send' ? [lane] : []));
const received = (player: Player): string[] => player.post.letters.map(({ channel, kind }) => `${channel} ${kind}`).toSorted();

test('a resend that comes while the first message is handed over is not done by it: one more goes out on each channel', () => {
  const player = beingTold();
  for (const lane of sends(player)) player.progress({ lane });
  assert.equal(resend(player), true);
  player.finish();
  assert.deepEqual(received(player), ['email access_ready', 'email access_ready', 'sms access_ready', 'sms access_ready']);
});

test('that access is late is said once, also where what followed never arrived and a resend comes while the guest waits again', () => {
  const property = aProperty({ messages: { channels: ['sms'] } });
  const player = new Player({ reservation: aReservation({ startsAt: T0 + HOUR, endsAt: T0 + 48 * HOUR }), property, now: T0 });
  const kinds = (): string[] => player.post.letters.flatMap(({ guestId, kind }) => (guestId === 'g1' ? [kind] : []));
  player.seam.manners = { ...player.seam.manners, issues: 'late' };
  player.advance(T0 + 2 * HOUR);
  player.seam.heal();
  hearEverything(player);
  player.finish();
  assert.deepEqual(kinds(), ['access_pending', 'access_ready']);
  receive({ player, step: { kind: 'receipt', pick: 1, status: 'undelivered' } });
  player.seam.manners = { ...player.seam.manners, issues: 'late' };
  for (const key of [...player.seam.grants.keys()]) player.seam.remove(key);
  hearEverything(player);
  player.advance(T0 + 4 * HOUR);
  assert.equal(resend(player), true);
  player.finish();
  assert.deepEqual(kinds(), ['access_pending', 'access_ready']);
});

test('a resend that comes while a message waits for another try, or fails in this one, is done by the try that succeeds', () => {
  for (const isWaiting of [true, false]) {
    const player = beingTold();
    const lanes = sends(player);
    if (!isWaiting) resend(player);
    for (const lane of lanes) player.progress({ lane, fault: { pick: 0, isDone: false } });
    for (const lane of lanes) player.progress({ lane });
    if (isWaiting) resend(player);
    player.advance(T0 + HOUR);
    player.finish();
    assert.deepEqual(received(player), ['email access_ready', 'sms access_ready'], String(isWaiting));
  }
});
