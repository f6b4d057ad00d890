import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PlayedStay } from '../support/played-stay.ts';
import { aProperty, aReservation } from '../support/stays.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const T0 = Date.UTC(2026, 10, 22, 12);
const booking = { startsAt: T0 + 3 * DAY, endsAt: T0 + 5 * DAY };

const issuedEvent = (n = 1) => ({
  kind: 'seam' as const,
  event: {
    eventId: `e${n}`,
    eventType: 'access_method.issued',
    occurredAt: T0,
    accessGrantIds: ['grant-1'],
    accessMethodId: 'grant-1-method',
    doorId: null,
  },
});

/** For good, as far as these tests go. */
function channelsAreDown({ failing }: PlayedStay): void {
  const failure = { type: 'MailUnavailable', code: null, retryAfter: null } as const;
  for (let i = 0; i < 1_000; i += 1) failing.push({ kind: 'send', failure });
}

test('nobody is told before a read shows the credential issued, nor before the reveal time', async () => {
  const stay = await PlayedStay.book({ reservation: aReservation(booking), property: aProperty(), now: T0 });
  stay.seam.issuesAtOnce = false;
  await stay.settle();
  assert.deepEqual(stay.kinds(), []);
  assert.equal(stay.view.readiness, 'pending');
  stay.seam.issue();
  await stay.tell(issuedEvent());
  assert.deepEqual(stay.kinds(), []);
  assert.equal(stay.view.readiness, 'ready');
  assert.deepEqual(
    stay.view.guests.map((guest) => guest.told),
    ['scheduled'],
  );
  await stay.until(T0 + 2 * DAY);
  assert.deepEqual(stay.kinds(), ['email access_ready', 'sms access_ready']);
  assert.equal(stay.view.readiness, 'ready');
});

test('access ends at the end of the window, is proven gone, and only then the stay is closed', async () => {
  const stay = await PlayedStay.book({ reservation: aReservation(booking), property: aProperty(), now: T0 });
  await stay.until(booking.endsAt - 1);
  assert.equal(stay.seam.grants.size, 1);
  assert.equal(stay.view.readiness, 'ready');
  await stay.until(booking.endsAt);
  assert.equal(stay.seam.grants.size, 0);
  assert.equal(stay.view.readiness, 'closed');
  assert.equal(stay.isFinished, true);
  assert.deepEqual(stay.kinds(), ['email access_ready', 'sms access_ready']);
});

test('a failed deletion keeps the stay closing until a later one is proven', async () => {
  const stay = await PlayedStay.book({ reservation: aReservation(booking), property: aProperty(), now: T0 });
  await stay.until(booking.endsAt - 1);
  stay.failing.push({ kind: 'revoke', failure: { type: 'StillThere', code: null, retryAfter: null } });
  stay.now = booking.endsAt;
  await stay.settle();
  assert.equal(stay.view.readiness, 'closing');
  assert.equal(stay.isFinished, false);
  await stay.until(booking.endsAt + 60_000);
  assert.equal(stay.view.readiness, 'closed');
});

test('a cancellation after telling revokes at once, and the guest hears of the end once per channel', async () => {
  const stay = await PlayedStay.book({ reservation: aReservation(booking), property: aProperty(), now: booking.startsAt - HOUR });
  await stay.settle();
  await stay.change(aReservation({ ...booking, version: 2, status: 'cancelled' }));
  assert.equal(stay.seam.grants.size, 0);
  assert.deepEqual(stay.kinds(), ['email access_ready', 'sms access_ready', 'email access_ended', 'sms access_ended']);
  assert.equal(stay.view.readiness, 'closed');
  assert.equal(stay.isFinished, true);
});

test('that access ended is said only once it is proven gone', async () => {
  const stay = await PlayedStay.book({ reservation: aReservation(booking), property: aProperty(), now: booking.startsAt - HOUR });
  await stay.settle();
  stay.failing.push({ kind: 'revoke', failure: { type: 'StillThere', code: null, retryAfter: null } });
  await stay.change(aReservation({ ...booking, version: 2, status: 'cancelled' }));
  assert.deepEqual(stay.kinds().slice(2), []);
  await stay.until(stay.now + MINUTE);
  assert.deepEqual(stay.kinds().slice(2), ['email access_ended', 'sms access_ended']);
});

test('who has no access or no word of it in time is at risk from `attentionBefore` on, or five minutes after a later booking', async () => {
  const attention = booking.startsAt - 4 * HOUR;
  const book = ({ at = T0, messages = {} }) =>
    PlayedStay.book({ reservation: aReservation(booking), property: aProperty({ messages }), now: at });
  const [unissued, late, justBefore, untold] = [
    await book({}),
    await book({ at: attention + HOUR }),
    await book({ at: attention - 2_000 }),
    await book({ messages: { channels: ['email'] } }),
  ];
  for (const { seam } of [unissued, late, justBefore]) seam.issuesAtOnce = false;
  channelsAreDown(untold);
  const cases = [
    [unissued, attention],
    [late, attention + HOUR + 5 * MINUTE],
    [justBefore, attention + 13_000],
    [untold, attention],
  ] as const;
  for (const [stay, at] of cases) {
    await stay.until(at - 1);
    assert.equal(stay.view.readiness, 'pending');
    await stay.until(at);
    assert.equal(stay.view.readiness, 'at_risk');
  }
});

test('an event of Seam that comes again is looked into once', async () => {
  const stay = await PlayedStay.book({ reservation: aReservation(booking), property: aProperty(), now: T0 });
  await stay.settle();
  for (const n of [1, 1, 2]) await stay.tell(issuedEvent(n));
  assert.equal(stay.seam.log.filter((call) => call.startsWith('read ')).length, 2);
});

test('a stay that is over does not run for ever because of a word that no channel takes', async () => {
  const stay = await PlayedStay.book({ reservation: aReservation(booking), property: aProperty(), now: booking.startsAt - HOUR });
  await stay.settle();
  channelsAreDown(stay);
  await stay.change(aReservation({ ...booking, version: 2, status: 'cancelled' }));
  await stay.until(booking.endsAt + 12 * HOUR);
  assert.deepEqual([stay.view.readiness, stay.isFinished], ['closed', false]);
  await stay.until(booking.endsAt + 12 * HOUR + MINUTE);
  assert.equal(stay.isFinished, true);
});

test('an extension changes the same grant and tells each channel exactly once', async () => {
  const stay = await PlayedStay.book({ reservation: aReservation(booking), property: aProperty(), now: booking.startsAt });
  await stay.settle();
  await stay.change(aReservation({ ...booking, endsAt: booking.endsAt + DAY, version: 2 }));
  assert.deepEqual(stay.kinds().slice(2), ['email access_changed', 'sms access_changed']);
  assert.equal(stay.seam.log.filter((entry) => entry.startsWith('grant ')).length, 1);
  await stay.until(booking.endsAt + HOUR);
  assert.equal(stay.seam.grants.size, 1);
  assert.deepEqual(stay.kinds().length, 4);
});

test('a room move makes the new access and tells it before the old one goes', async () => {
  const stay = await PlayedStay.book({ reservation: aReservation(booking), property: aProperty(), now: booking.startsAt });
  await stay.settle();
  const rooms = [{ id: '1', unitId: '102', arrival: null, departure: null }];
  await stay.change(aReservation({ ...booking, rooms, version: 2 }));
  const order = stay.seam.log.filter((entry) => entry.startsWith('grant ') || entry.startsWith('revoke '));
  assert.equal(order.length, 3);
  assert.match(order[2] ?? '', /^revoke .*\.1$/);
  assert.deepEqual(stay.kinds().slice(2), ['email access_changed', 'sms access_changed']);
  assert.equal(stay.seam.grants.size, 1);
});

test('a unit that the configuration does not list is blocked by name, and no other door is given', async () => {
  const rooms = [{ id: '1', unitId: 'nowhere-9', arrival: null, departure: null }];
  const stay = await PlayedStay.book({ reservation: aReservation({ ...booking, rooms }), property: aProperty(), now: T0 });
  await stay.settle();
  assert.equal(stay.view.readiness, 'blocked');
  assert.match(stay.view.reasons[0]?.text ?? '', /nowhere-9/);
  assert.equal(stay.seam.grants.size, 0);
});

test('any order of versions ends in the same state, and a cancellation outlives the late booking that it overtook', async () => {
  const facts = [
    aReservation({ ...booking, version: 1 }),
    aReservation({ ...booking, version: 2, endsAt: booking.endsAt + DAY }),
    aReservation({ ...booking, version: 3, status: 'cancelled' }),
  ];
  for (const order of [
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ]) {
    const [first, ...rest] = order.map((i) => facts[i]).filter((fact) => fact !== undefined);
    assert.ok(first);
    const stay = await PlayedStay.book({ reservation: first, property: aProperty(), now: T0 });
    await stay.settle();
    for (const fact of rest) await stay.change(fact);
    assert.deepEqual([stay.view.status, stay.view.version, stay.view.readiness, stay.seam.grants.size], ['cancelled', 3, 'closed', 0]);
  }
});
