import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SendCommand } from '../../workflows/domain/command.ts';
import { PlayedStay } from '../support/played-stay.ts';
import { aProperty, aReservation } from '../support/stays.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const T0 = Date.UTC(2026, 10, 22, 12);
const booking = { startsAt: T0 + HOUR, endsAt: T0 + 5 * DAY };

const order = (action: 'resend', key: string) => ({
  kind: 'action' as const,
  action: { action, idempotencyKey: key, by: 'desk', reason: null },
});

const toGuests = ({ sent }: PlayedStay): readonly SendCommand[] => sent.filter(({ notice }) => notice.kind !== 'staff_alert');
const alertsOf = ({ sent }: PlayedStay, code: string): readonly SendCommand[] =>
  sent.filter(({ notice }) => notice.kind === 'staff_alert' && notice.causes.some((cause) => cause.code === code));

/** A booking system that moves the departure every ten minutes. */
async function restless(times: number, property = aProperty()): Promise<PlayedStay> {
  const stay = await PlayedStay.book({ reservation: aReservation(booking), property, now: T0 });
  await stay.settle();
  for (let version = 2; version <= times; version += 1) {
    await stay.until(T0 + version * 10 * MINUTE);
    await stay.change(aReservation({ ...booking, version, endsAt: booking.endsAt + version * HOUR }));
  }
  return stay;
}

test('a stay sends six messages a day on each channel; the next one is skipped with its reason, and staff hears of it once', async () => {
  const stay = await restless(9);
  for (const channel of ['email', 'sms']) assert.equal(toGuests(stay).filter((message) => message.channel === channel).length, 6, channel);
  assert.equal(alertsOf(stay, 'message_limit').length, 1);
  const skipped = stay.view.messages.filter((message) => message.state === 'skipped');
  assert.deepEqual(skipped.map(({ channel }) => channel).sort(), ['email', 'sms']);
  for (const { reason } of skipped) assert.match(reason ?? '', /limit of 6 messages per stay and day/);
  assert.equal(stay.view.readiness, 'blocked', 'the guest holds something that is no longer so');
});

test('what was skipped is told once the day has room, as it is by then, and never again', async () => {
  const stay = await restless(9);
  await stay.until(T0 + DAY - 1);
  assert.equal(toGuests(stay).length, 12);
  await stay.until(T0 + DAY + 2 * HOUR);
  assert.equal(toGuests(stay).length, 14);
  assert.equal(stay.view.readiness, 'ready');
  assert.equal(alertsOf(stay, 'message_limit').length, 1);
  await stay.until(T0 + 3 * DAY);
  assert.equal(toGuests(stay).length, 14);
});

test('a person’s resend goes out all the same', async () => {
  const stay = await restless(8);
  await stay.tell(order('resend', 'k1'));
  assert.equal(toGuests(stay).length, 14);
  assert.equal(stay.view.readiness, 'ready');
});

test('the limit is of each channel: mails that are used up leave the SMS to be sent', async () => {
  const guests = Array.from({ length: 7 }, (_, i) => ({
    id: `g${i}`,
    name: 'Guest',
    email: `g${i}@guests.example`,
    phone: i === 6 ? '+351912345678' : null,
    language: null,
    roomIds: ['1'],
  }));
  const stay = await PlayedStay.book({ reservation: aReservation({ ...booking, guests }), property: aProperty(), now: T0 });
  await stay.settle();
  assert.deepEqual(
    toGuests(stay).map(({ guestId, channel }) => `${guestId} ${channel}`),
    ['g0 email', 'g1 email', 'g2 email', 'g3 email', 'g4 email', 'g5 email', 'g6 sms'],
  );
  assert.equal(stay.view.readiness, 'ready', 'everybody is told by some channel');
});

test('a message that the property has no room for waits as long as it must; one stay tells staff, and resend does not wait', async () => {
  const stay = await PlayedStay.book({ reservation: aReservation(booking), property: aProperty(), now: T0 });
  const over = (code: string | null) => ({ type: 'MessageLimit' as const, code, retryAfter: 50 * MINUTE });
  stay.failing.push({ kind: 'send', failure: over('first_of_the_hour') }, { kind: 'send', failure: over(null) });
  await stay.settle();
  assert.deepEqual(stay.kinds(), ['email staff_alert']);
  assert.equal(alertsOf(stay, 'email_delayed').length, 1);
  assert.ok(stay.view.reasons.some(({ code, text }) => code === 'sms_delayed' && text.includes('as many messages as it may')));
  const held = stay.view.messages.filter(({ guestId }) => guestId !== null);
  assert.deepEqual(
    held.map(({ state, reason }) => [state, reason?.includes('as many messages as it may')]),
    [
      ['skipped', true],
      ['skipped', true],
    ],
  );
  await stay.until(T0 + 49 * MINUTE);
  assert.equal(toGuests(stay).length, 0);
  await stay.tell(order('resend', 'k1'));
  assert.equal(toGuests(stay).length, 2);
});
