import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Property } from '../../workflows/domain/property.ts';
import type { Guest, Reservation } from '../../workflows/domain/reservation.ts';
import { PlayedStay } from '../support/played-stay.ts';
import { aProperty, aReservation } from '../support/stays.ts';

const HOUR = 3_600_000;
const T0 = Date.UTC(2026, 10, 22, 12);
const booking = { startsAt: T0 + 20 * HOUR, endsAt: T0 + 48 * HOUR };
const ATTENTION = booking.startsAt - 4 * HOUR;
const byMail = aProperty({ messages: { channels: ['email'] } });
const guest = (of: Partial<Guest> = {}): Guest => ({
  ...{ id: 'g1', name: 'Ada', email: 'ada@guests.example', phone: null, language: 'en', roomIds: ['1'] },
  ...of,
});

const book = (of: Partial<Reservation>, property: Property = byMail): Promise<PlayedStay> =>
  PlayedStay.book({ reservation: aReservation({ ...booking, guests: [guest()], ...of }), property, now: T0 });
const refuseNext = (stay: PlayedStay): void =>
  void stay.failing.push({ kind: 'send', failure: { type: 'MailRefused', code: '550', retryAfter: null } });
const told = (guestId: string) =>
  ({
    kind: 'action',
    action: { action: 'told', guestId, how: 'voice', idempotencyKey: `told ${guestId}`, by: 'desk', reason: null },
  }) as const;
const codes = (stay: PlayedStay): readonly string[] => stay.view.reasons.map(({ code }) => code);
const alerts = (stay: PlayedStay): readonly string[] =>
  stay.sent.flatMap(({ notice }) => (notice.kind === 'staff_alert' ? notice.causes.map(({ code }) => code) : []));

test('a main guest whom no channel reaches: staff hears at once, it blocks from attentionBefore on, and "told" mends it', async () => {
  const stay = await book({});
  refuseNext(stay);
  await stay.settle();
  assert.deepEqual([stay.view.readiness, codes(stay)], ['pending', ['email_refused', 'guest_unreachable']]);
  assert.deepEqual(alerts(stay), ['email_refused', 'guest_unreachable']);
  await stay.until(ATTENTION);
  assert.equal(stay.view.readiness, 'blocked');
  await stay.tell(told('g1'));
  assert.deepEqual([stay.view.readiness, codes(stay), stay.view.guests[0]?.told], ['ready', ['email_refused'], 'accepted']);
  await stay.change(
    aReservation({ ...booking, version: 2, guests: [guest()], rooms: [{ id: '1', unitId: '102', arrival: null, departure: null }] }),
  );
  assert.deepEqual([stay.view.readiness, codes(stay).includes('guest_unreachable')], ['blocked', true], 'what was told is no longer so');
});

test('a guest without any address who was told by voice reads as told', async () => {
  const stay = await book({ guests: [guest({ email: null })] });
  await stay.until(ATTENTION);
  assert.deepEqual([stay.view.readiness, codes(stay), alerts(stay)], ['blocked', ['nobody_reachable'], ['nobody_reachable']]);
  await stay.tell(told('g1'));
  assert.deepEqual([stay.view.readiness, codes(stay), stay.view.guests[0]?.told], ['ready', [], 'accepted']);
});

test('a companion whom no channel reaches is a reason that staff hears of, and never keeps the stay from being ready', async () => {
  const refused = await book({});
  await refused.settle();
  refuseNext(refused);
  await refused.change(aReservation({ ...booking, version: 2, guests: [guest(), guest({ id: 'g2', email: 'bob@guests.example' })] }));
  await refused.until(ATTENTION);
  assert.deepEqual([refused.view.readiness, alerts(refused)], ['ready', ['email_refused', 'guest_unreachable']]);
  await refused.tell(told('g2'));
  assert.deepEqual([refused.view.readiness, codes(refused)], ['ready', ['email_refused']]);

  const byPhoneOnly = await book({ guests: [guest(), guest({ id: 'g2', email: null, phone: '+351912345679' })] });
  await byPhoneOnly.until(ATTENTION);
  assert.deepEqual([byPhoneOnly.view.readiness, codes(byPhoneOnly)], ['ready', ['guest_unreachable']]);
});
