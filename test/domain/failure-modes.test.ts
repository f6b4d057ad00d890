/** What goes wrong at doors, with codes and on the way to a guest; `docs/failure-modes.md` names these tests. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AccessReading } from '../../workflows/domain/access.ts';
import type { FailureType } from '../../workflows/domain/failure-types.ts';
import type { Guest } from '../../workflows/domain/reservation.ts';
import { PlayedStay } from '../support/played-stay.ts';
import { aProperty, aReservation } from '../support/stays.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const T0 = Date.UTC(2026, 10, 22, 12);
const booking = { startsAt: T0 + DAY, endsAt: T0 + 3 * DAY };
const ATTENTION = booking.startsAt - 4 * HOUR;

const book = (change: Partial<Parameters<typeof aReservation>[0]> = {}, property = aProperty()): Promise<PlayedStay> =>
  PlayedStay.book({ reservation: aReservation({ ...booking, ...change }), property, now: T0 });

const guest = (change: Partial<Guest>): Guest => ({
  id: 'g1',
  name: 'Ada',
  email: null,
  phone: null,
  language: null,
  roomIds: ['1'],
  ...change,
});

/** Seam says that something about the grant has changed. */
const hear = (stay: PlayedStay, eventId: string): Promise<void> =>
  stay.tell({
    kind: 'seam',
    event: { eventId, eventType: 'access_method.issued', occurredAt: T0, accessGrantIds: ['grant-1'], accessMethodId: null, doorId: null },
  });

/** From now on every look at Seam shows this. */
function shows(stay: PlayedStay, change: (reading: AccessReading) => AccessReading): void {
  const { seam } = stay;
  const [read, grant] = [seam.read.bind(seam), seam.grant.bind(seam)];
  seam.read = async (of) => change(await read(of));
  seam.grant = async (of) => change(await grant(of));
}

/** `sms access_ready`, without what staff hears. */
const toGuests = ({ sent }: PlayedStay): string[] =>
  sent.filter(({ notice }) => notice.kind !== 'staff_alert').map(({ channel, notice }) => `${channel} ${notice.kind}`);
const alerts = ({ sent }: PlayedStay): string[] =>
  sent.flatMap(({ notice }) => (notice.kind === 'staff_alert' ? notice.causes.map(({ code }) => code) : []));
const keysTold = ({ sent }: PlayedStay): unknown =>
  sent.findLast(({ facts }) => facts !== null)?.facts?.rooms.map((room) => room.keys[0]?.fingerprint);

test('a lock that takes no code: staff hears in time which, the guest hears once whom to call, and the code only when it is there', async () => {
  const stay = await book();
  let fault: string | null = 'device_offline';
  shows(stay, (reading) => ({ ...reading, doors: reading.doors.map((door) => ({ ...door, fault })) }));
  stay.seam.issuesAtOnce = false;
  await stay.until(ATTENTION - 1);
  assert.deepEqual(stay.kinds(), []);
  await stay.until(ATTENTION);
  assert.equal(stay.view.readiness, 'at_risk');
  assert.match(JSON.stringify(stay.sent), /Door door-101 \(door-101\) cannot be given the access to room 1: it is offline/);
  await stay.until(booking.startsAt + HOUR);
  assert.deepEqual(toGuests(stay), ['email access_pending', 'sms access_pending']);
  fault = null;
  stay.seam.issue();
  await hear(stay, 'e1');
  assert.deepEqual(toGuests(stay).slice(2), ['email access_ready', 'sms access_ready']);
  assert.equal(stay.view.readiness, 'ready');
});

test('one dead door of two: the other one is told in time, with its name alone, and staff knows which is missing', async () => {
  const doors = { entrances: ['street', 'room'], devices: [], spaces: [], spaceKeys: [] };
  const stay = await book({}, aProperty({ units: { '101': { doors, modes: null } } }));
  shows(stay, (reading) => ({
    ...reading,
    doors: reading.doors.map((door) => ({ ...door, fault: door.id === 'room' ? 'device_offline' : null })),
    methods: reading.methods.map((method) => ({ ...method, doors: ['street'] })),
  }));
  await stay.until(booking.startsAt - 1);
  assert.deepEqual(toGuests(stay), ['email access_ready', 'sms access_ready']);
  const doorsTold = stay.sent[0]?.facts?.rooms.flatMap((room) => room.doors.map(({ id }) => id));
  assert.deepEqual(doorsTold, ['street']);
  assert.deepEqual([stay.view.readiness, alerts(stay).filter((code) => code === 'door_unreachable')], ['at_risk', ['door_unreachable']]);
});

test('other digits than the guest was told, such as a backup code: one word of the change per channel, however often Seam says so', async () => {
  const stay = await book();
  await stay.until(booking.startsAt + HOUR);
  const told = keysTold(stay);
  for (const grant of stay.seam.grants.values()) grant.code = '808182';
  for (const id of ['e1', 'e1', 'e2', 'e3']) await hear(stay, id);
  assert.deepEqual(toGuests(stay).slice(2), ['email access_changed', 'sms access_changed']);
  assert.notDeepEqual(keysTold(stay), told);
  assert.equal(stay.view.readiness, 'ready');
});

test('a booking without addresses has its access and staff a task; one without a guest has none', async () => {
  const stay = await book({ guests: [guest({})] });
  await stay.until(ATTENTION);
  assert.deepEqual([stay.seam.grants.size, stay.view.readiness, alerts(stay)], [1, 'blocked', ['nobody_reachable']]);
  const block = await book({ guests: [] });
  await block.until(booking.startsAt);
  assert.deepEqual([block.seam.grants.size, block.view.readiness, alerts(block)], [0, 'blocked', ['no_guest']]);
});

test('a contact changed after telling gets no code until a person says so, the old one hears of it, and the code stays', async () => {
  const stay = await book({ guests: [guest({ email: 'ada@guests.example' })] });
  await stay.until(booking.startsAt - HOUR);
  const code = keysTold(stay);
  await stay.change(aReservation({ ...booking, version: 2, guests: [guest({ email: 'stranger@relay.example' })] }));
  await stay.until(booking.startsAt + HOUR);
  assert.deepEqual(toGuests(stay), ['email access_ready', 'email contact_changed']);
  assert.deepEqual(
    [stay.sent.find(({ notice }) => notice.kind === 'contact_changed')?.address, alerts(stay)],
    ['ada@guests.example', ['contact_changed']],
  );
  await stay.tell({ kind: 'action', action: { action: 'resend', idempotencyKey: 'k1', by: 'desk', reason: null } });
  assert.deepEqual([stay.sent.at(-1)?.address, keysTold(stay)], ['stranger@relay.example', code]);
});

test('a channel that fails for good is not used again, staff hears once, and with the last one gone a person has to tell', async () => {
  const stay = await book({}, aProperty({ access: { attentionBefore: 0 }, messages: { channels: ['sms', 'email'] } }));
  const refuse = (type: FailureType, code: string) => void stay.failing.push({ kind: 'send', failure: { type, code, retryAfter: null } });
  refuse('SmsRefused', '30006');
  await stay.until(booking.startsAt - HOUR);
  assert.deepEqual([toGuests(stay), stay.view.readiness, alerts(stay)], [['email access_ready'], 'ready', ['sms_refused']]);
  refuse('MailRefused', '550');
  await stay.change(aReservation({ ...booking, endsAt: booking.endsAt + DAY, version: 2 }), stay.state.property);
  await stay.until(booking.startsAt - 1);
  assert.deepEqual([toGuests(stay), stay.view.readiness], [['email access_ready'], 'pending']);
  assert.deepEqual(alerts(stay).slice(1).toSorted(), ['email_refused', 'guest_unreachable']);
  await stay.until(booking.startsAt);
  assert.equal(stay.view.readiness, 'blocked');
});

test('times that Seam takes and never shows are asked for again, ever more rarely, and those that take hold are not', async () => {
  const stay = await book();
  await stay.settle();
  const asked: number[] = [];
  const changeWindow = stay.seam.changeWindow.bind(stay.seam);
  stay.seam.changeWindow = async () => void asked.push(stay.now);
  const later = booking.endsAt + HOUR;
  await stay.change(aReservation({ ...booking, endsAt: later, version: 2 }));
  const [first = 0] = asked;
  await stay.until(first + DAY);
  const pauses = asked.slice(1, 9).map((at, i) => (at - (asked[i] ?? 0)) / MINUTE);
  assert.deepEqual([pauses, asked.length < 40], [[1, 2, 4, 8, 16, 32, 60, 60], true]);
  stay.seam.changeWindow = changeWindow;
  await stay.until(first + DAY + HOUR);
  assert.equal([...stay.seam.grants.values()][0]?.request.window.endsAt, later);
});

test('a deletion that does not take is tried for as long as it takes, ever more rarely; staff hears once, after an hour', async () => {
  const stay = await book();
  await stay.until(booking.endsAt - 1);
  for (let tries = 0; tries < 200; tries += 1)
    stay.failing.push({ kind: 'revoke', failure: { type: 'StillThere', code: null, retryAfter: null } });
  await stay.until(booking.endsAt + HOUR - 1);
  assert.deepEqual(alerts(stay), []);
  await stay.until(booking.endsAt + DAY);
  const tried = 200 - stay.failing.length;
  assert.deepEqual([alerts(stay), stay.view.readiness, stay.isFinished], [['revocation_pending'], 'closing', false]);
  assert.ok(tried > 24 && tried < 60, `${tried} tries within a day`);
  await stay.until(booking.endsAt + 30 * DAY);
  assert.deepEqual([stay.view.readiness, stay.seam.grants.size, alerts(stay).length], ['closed', 0, 1]);
});
