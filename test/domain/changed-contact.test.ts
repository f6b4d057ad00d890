import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Guest } from '../../workflows/domain/reservation.ts';
import { Player } from '../model/player.ts';
import { PlayedStay } from '../support/played-stay.ts';
import { aProperty, aReservation } from '../support/stays.ts';

const HOUR = 3_600_000;
const T0 = Date.UTC(2026, 10, 22, 12);
const booking = { startsAt: T0 + HOUR, endsAt: T0 + 72 * HOUR };
const byMail = aProperty({ messages: { channels: ['email'] } });
const guest = (of: Partial<Guest> = {}): Guest => ({
  ...{ id: 'g1', name: 'Ada', email: 'a@guests.example', phone: null, language: 'en', roomIds: ['1'] },
  ...of,
});
const version = (n: number, of: Partial<Guest>) => aReservation({ ...booking, version: n, guests: [guest(of)] });
const words = (stay: PlayedStay): readonly string[] =>
  stay.sent.flatMap(({ address, notice }) => (notice.kind === 'staff_alert' ? [] : [`${notice.kind} ${address}`]));
const order = (of: { action: 'resend' } | { action: 'told'; guestId: string; how: 'voice' }) =>
  ({ kind: 'action', action: { ...of, idempotencyKey: JSON.stringify(of), by: 'desk', reason: null } }) as const;

test('a resend for the new address holds although a message to the old one is accepted after it', () => {
  const player = new Player({ reservation: version(1, {}), property: byMail, now: T0 });
  for (const _ of ['asked', 'answered']) for (const lane of [...player.errands.keys()]) player.progress({ lane });
  player.progress({ lane: 'm1' });
  player.hear({ reservation: version(2, { email: 'b@guests.example' }), property: byMail });
  player.order(order({ action: 'resend' }).action);
  player.finish();
  const letters = player.post.letters.filter(({ kind }) => kind !== 'staff_alert').map(({ kind, address }) => `${kind} ${address}`);
  assert.deepEqual(letters, ['access_ready a@guests.example', 'contact_changed a@guests.example', 'access_ready b@guests.example']);
});

test('letters of another case, an added channel and a contact corrected after telling by voice are no change to be confirmed', async () => {
  const stay = await PlayedStay.book({ reservation: version(1, {}), property: aProperty(), now: T0 });
  await stay.settle();
  await stay.change(version(2, { email: 'A@Guests.example' }));
  await stay.change(version(3, { email: 'A@Guests.example', phone: '+351912345678' }));
  assert.deepEqual([words(stay), stay.view.reasons], [['access_ready a@guests.example', 'access_ready +351912345678'], []]);

  const start = T0 + 30 * HOUR;
  const later = (n: number, email: string) =>
    aReservation({ startsAt: start, endsAt: start + 24 * HOUR, version: n, guests: [guest({ email })] });
  const byVoice = await PlayedStay.book({ reservation: later(1, 'tpyo@guests.example'), property: byMail, now: T0 });
  await byVoice.settle();
  await byVoice.tell(order({ action: 'told', guestId: 'g1', how: 'voice' }));
  await byVoice.change(later(2, 'a@guests.example'));
  await byVoice.until(start - 24 * HOUR);
  assert.deepEqual(words(byVoice), ['access_ready a@guests.example']);
});

test('of two changes while the channel is down the address that was told hears, and not the one that never was', async () => {
  const night = { channels: ['sms'], quietHours: { from: 13 * 60 + 30, to: 20 * 60 }, contactChange: 'send' } as const;
  const by = (phone: string) => ({ email: null, phone });
  const stay = await PlayedStay.book({ reservation: version(1, by('+351911111111')), property: aProperty({ messages: night }), now: T0 });
  await stay.until(T0 + 2 * HOUR);
  stay.failing.push({ kind: 'send', failure: { type: 'SmsUnavailable', code: null, retryAfter: null } });
  await stay.change(version(2, by('+351922222222')));
  await stay.change(version(3, by('+351933333333')));
  await stay.until(T0 + 9 * HOUR);
  assert.deepEqual(words(stay), ['access_ready +351911111111', 'access_ready +351933333333', 'contact_changed +351911111111']);
});

test('quiet hours bind the word to an old number, too, and it keeps the key for the new one not waiting', async () => {
  const quiet = { channels: ['sms'], quietHours: { from: 11 * 60, to: 20 * 60 }, contactChange: 'send' } as const;
  const old = { email: null, phone: '+351911111111' };
  const stay = await PlayedStay.book({ reservation: version(1, old), property: aProperty({ messages: quiet }), now: T0 });
  await stay.until(T0 + 2 * HOUR);
  await stay.change(version(2, { email: null, phone: '+351922222222' }));
  assert.deepEqual(words(stay), ['access_ready +351911111111', 'access_ready +351922222222']);
  await stay.until(T0 + 8 * HOUR);
  assert.deepEqual(words(stay).slice(2), ['contact_changed +351911111111']);
});
