import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Failure } from '../../workflows/domain/failure-types.ts';
import type { Reservation } from '../../workflows/domain/reservation.ts';
import { Player } from '../model/player.ts';
import { hearSeam } from '../model/tidings.ts';
import { aProperty, aReservation } from '../support/stays.ts';

const HOUR = 3_600_000;
const T0 = Date.UTC(2026, 10, 22, 12);
const property = aProperty({ messages: { channels: ['email'] } });
const refusal: Failure = { type: 'MailRefused', code: '550', retryAfter: null };

function booked(email: string): Player {
  return new Player({ reservation: withMail(email, 1), property, now: T0 });
}

function withMail(email: string, version: number): Reservation {
  const [guest, ...others] = aReservation({ startsAt: T0 - HOUR, endsAt: T0 + 48 * HOUR }).guests;
  assert.ok(guest !== undefined);
  return aReservation({ startsAt: T0 - HOUR, endsAt: T0 + 48 * HOUR, version, guests: [{ ...guest, email, phone: null }, ...others] });
}

/** The channel refuses what is under way for good. */
function refuse(player: Player): void {
  const errand = [...player.errands.values()].find(({ command }) => command.kind === 'send' && command.guestId === 'g1');
  assert.ok(errand !== undefined);
  errand.answer = refusal;
  player.progress({ lane: errand.command.lane });
}

const makeGrant = (player: Player): void => {
  const [lane = ''] = player.errands.keys();
  player.progress({ lane });
  player.progress({ lane });
};

test('a misspelt address that is corrected while the mail to it is refused: the corrected one is told, however alike they look', () => {
  const player = booked('jonh@guests.example');
  makeGrant(player);
  player.hear({ reservation: withMail('john@guests.example', 2), property });
  refuse(player);
  player.finish();
  assert.deepEqual(
    player.post.letters.filter(({ guestId }) => guestId === 'g1').map(({ kind, address }) => [kind, address]),
    [['access_ready', 'john@guests.example']],
  );
  assert.equal(player.view.readiness, 'ready');
  assert.ok(!JSON.stringify(player.view).includes('john@'));
});

test('an address that comes back and refuses the farewell that was on its way there is not used again', () => {
  const player = booked('ada@guests.example');
  player.finish();
  player.hear({ reservation: withMail('grace@guests.example', 2), property });
  player.hear({ reservation: withMail('ada@guests.example', 3), property });
  refuse(player);
  assert.ok(player.view.reasons.some(({ code }) => code === 'email_refused'));
  for (const key of player.seam.grants.keys()) player.seam.recode(key);
  for (const event of player.seam.events.splice(0)) hearSeam({ player, event });
  player.finish();
  assert.equal(player.post.letters.filter(({ guestId }) => guestId === 'g1').length, 1);
});

test('an address that comes back while the farewell to it waits for the mail server hears no farewell', () => {
  const player = booked('ada@guests.example');
  player.finish();
  player.hear({ reservation: withMail('grace@guests.example', 2), property });
  for (const { command } of player.errands.values()) player.progress({ lane: command.lane, fault: { pick: 0, isDone: false } });
  player.finish();
  player.hear({ reservation: withMail('ada@guests.example', 3), property });
  player.advance(T0 + HOUR);
  player.finish();
  assert.deepEqual(
    player.post.letters.filter(({ guestId }) => guestId === 'g1').map(({ kind }) => kind),
    ['access_ready'],
  );
});

test('what was told last at the address before and never arrived there is not held: the stay is not ready', () => {
  const player = booked('ada@guests.example');
  player.finish();
  for (const key of player.seam.grants.keys()) player.seam.recode(key);
  for (const event of player.seam.events.splice(0)) hearSeam({ player, event });
  player.finish();
  player.hear({ reservation: withMail('grace@guests.example', 2), property });
  player.finish();
  assert.equal(player.view.readiness, 'ready');
  const [, changed] = player.post.letters.filter(({ guestId }) => guestId === 'g1');
  assert.ok(changed !== undefined);
  const { messageId, providerId } = changed;
  player.tell({ kind: 'receipt', receipt: { messageId, sid: providerId, status: 'undelivered', errorCode: null } });
  assert.notEqual(player.view.readiness, 'ready');
});

test('a resend that is ordered while the first message goes to the address before reaches the present one', () => {
  for (const contactChange of ['confirm', 'send'] as const) {
    const house = aProperty({ messages: { channels: ['email'], contactChange } });
    const player = new Player({ reservation: withMail('ada@guests.example', 1), property: house, now: T0 });
    makeGrant(player);
    player.hear({ reservation: withMail('grace@guests.example', 2), property: house });
    player.order({ action: 'resend', idempotencyKey: 'again', by: 'desk', reason: null });
    player.finish();
    assert.deepEqual(
      player.post.letters.filter(({ guestId }) => guestId === 'g1').map(({ kind, address }) => [kind, address]),
      [
        ['access_ready', 'ada@guests.example'],
        ['contact_changed', 'ada@guests.example'],
        ['access_ready', 'grace@guests.example'],
      ],
    );
  }
});

test('a resend that was ordered before the address changed tells the new one nothing', () => {
  const player = booked('ada@guests.example');
  player.finish();
  player.order({ action: 'resend', idempotencyKey: 'again', by: 'desk', reason: null });
  player.hear({ reservation: withMail('grace@guests.example', 2), property });
  player.finish();
  assert.ok(player.post.letters.every(({ address }) => address !== 'grace@guests.example'));
});
