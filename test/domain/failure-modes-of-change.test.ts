/** What goes wrong when bookings change, move or come again; `docs/failure-modes.md` names these tests. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Temporal } from 'temporal-polyfill';
import { zoneOffsets } from '../../config/zone-offsets.ts';
import { PlayedStay } from '../support/played-stay.ts';
import { aProperty, aReservation, iso } from '../support/stays.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const T0 = Date.UTC(2026, 10, 22, 12);
const booking = { startsAt: T0 + 3 * DAY, endsAt: T0 + 5 * DAY };

const book = (change: Partial<Parameters<typeof aReservation>[0]> = {}, property = aProperty()): Promise<PlayedStay> =>
  PlayedStay.book({ reservation: aReservation({ ...booking, ...change }), property, now: T0 });
const windows = ({ seam }: PlayedStay) => [...seam.grants.values()].map(({ request }) => request.window);
const order = ({ seam }: PlayedStay): (string | undefined)[] =>
  seam.log.filter((entry) => /^(grant|revoke) /.test(entry)).map((entry) => entry.split(' ')[0]);
const room = (id: string, unitId = id) => ({ id, unitId, arrival: null, departure: null });

test('at each phase, up to ten minutes before the end, new dates are what Seam has, what the guest knows, and the same code', async () => {
  for (const at of [T0, booking.startsAt - HOUR, booking.startsAt + HOUR, booking.endsAt - 10 * MINUTE]) {
    for (const shift of [-5 * MINUTE, DAY]) {
      const stay = await book();
      await stay.until(at);
      const code = stay.sent[0]?.facts?.rooms[0]?.keys;
      const startsAt = at < booking.startsAt ? booking.startsAt + shift : booking.startsAt;
      const window = { startsAt, endsAt: booking.endsAt + shift };
      await stay.change(aReservation({ ...window, version: 2 }));
      await stay.until(Math.max(at, window.startsAt));
      const told = stay.sent.flatMap(({ facts }) => facts?.rooms ?? []);
      assert.deepEqual([windows(stay), told.at(-1)?.window], [[window], window], `${iso(at)} ${shift}`);
      assert.deepEqual(told.at(-1)?.keys, code ?? told.at(-1)?.keys);
      assert.equal(told.length, at === T0 ? 2 : 4);
    }
  }
});

test('a stay over a clock change has the hours of the property’s clock, in zones with 30 and 45 minutes too', async () => {
  const changes = [
    ['Europe/Lisbon', '2026-03-29', '2026-10-25'],
    ['America/St_Johns', '2026-03-08', '2026-11-01'],
    ['Australia/Lord_Howe', '2026-04-05', '2026-10-04'],
    ['Pacific/Chatham', '2026-04-05', '2026-09-27'],
    ['Asia/Kathmandu', '2026-03-29', '2026-10-25'],
    ['Africa/Casablanca', '2026-02-15', '2026-03-22'],
  ] as const;
  for (const [timeZone, ...days] of changes) {
    for (const day of days) {
      const at = (date: Temporal.PlainDate, time: string): number => date.toZonedDateTime({ timeZone, plainTime: time }).epochMilliseconds;
      const [arrival, departure] = [Temporal.PlainDate.from(day).subtract({ days: 1 }), Temporal.PlainDate.from(day).add({ days: 1 })];
      const expected = { startsAt: at(arrival, '15:00'), endsAt: at(departure, '11:00') };
      const property = aProperty({ zone: zoneOffsets({ timeZone, from: expected.startsAt, to: expected.endsAt }) });
      const reservation = aReservation({ ...expected, arrival: arrival.toString(), departure: `${departure.toString()}T11:00` });
      const stay = await PlayedStay.book({ reservation, property, now: expected.startsAt - DAY });
      await stay.settle();
      assert.deepEqual(windows(stay), [expected], `${timeZone} ${day}`);
    }
  }
});

test('a booking made anew under another number: nothing is taken until the guest holds the new access, and no farewell is said', async () => {
  for (const isHandedOver of [true, false]) {
    const channel = { name: 'ota', reference: 'HM1' };
    const stay = await book({ channel });
    await stay.until(booking.startsAt - HOUR);
    stay.rebookedBy = 'latchkey:test:R2';
    await stay.change(aReservation({ ...booking, channel, version: 2, status: 'cancelled' }));
    assert.equal(stay.seam.grants.size, 1);
    if (isHandedOver) await stay.tell({ kind: 'rebooked', rebooked: { by: 'latchkey:test:R2' } });
    else await stay.until(stay.now + 5 * MINUTE);
    assert.deepEqual([stay.seam.grants.size, stay.view.readiness], [0, 'closed']);
    assert.deepEqual(stay.kinds().slice(2), isHandedOver ? [] : ['email access_ended', 'sms access_ended']);
  }
});

test('a stay moved to another house takes its access along, told before the old doors close, and a cancellation ends it there', async () => {
  const stay = await book();
  await stay.until(booking.startsAt - HOUR);
  const annex = aProperty({ id: 'annex', units: { '7': { doors: { ...aProperty().common, devices: ['lock-7'] }, modes: null } } });
  await stay.change(aReservation({ ...booking, propertyId: 'annex', rooms: [room('1', '7')], version: 2 }), annex);
  assert.deepEqual(
    [order(stay), stay.kinds().slice(2)],
    [
      ['grant', 'grant', 'revoke'],
      ['email access_changed', 'sms access_changed'],
    ],
  );
  assert.deepEqual(
    [...stay.seam.grants.values()].map(({ request }) => request.doors.devices),
    [['lock-7']],
  );
  await stay.change(aReservation({ ...booking, propertyId: 'annex', rooms: [room('1', '7')], version: 3, status: 'cancelled' }), annex);
  assert.deepEqual([stay.seam.grants.size, stay.view.readiness], [0, 'closed']);
});

test('a house whose doors cannot hold two: the old access goes before the new one is made', async () => {
  const property = aProperty({ access: { roomMove: 'break-before-make' } });
  const stay = await book({}, property);
  await stay.until(booking.startsAt + HOUR);
  await stay.change(aReservation({ ...booking, rooms: [room('1', '102')], version: 2 }), property);
  assert.deepEqual([order(stay), stay.view.readiness, stay.kinds().length], [['grant', 'revoke', 'grant'], 'ready', 4]);
});

test('two rooms of one person are two keys in one message; giving one room back leaves the other key as it is', async () => {
  const guests = aReservation(booking).guests.map((guest) => ({ ...guest, roomIds: ['1', '2'] }));
  const stay = await book({ rooms: [room('1', '101'), room('2', '102')], guests });
  await stay.until(booking.startsAt);
  assert.deepEqual([stay.seam.grants.size, stay.kinds()], [2, ['email access_ready', 'sms access_ready']]);
  const [first] = stay.sent[0]?.facts?.rooms ?? [];
  await stay.change(aReservation({ ...booking, rooms: [room('1', '101')], version: 2 }));
  assert.deepEqual([[...stay.seam.grants.keys()], stay.sent.at(-1)?.facts?.rooms], [[first?.grantKey], [first]]);
});

test('a check-out, a no-show or a cancellation that is taken back brings new access, told once, and the end stays the booked one', async () => {
  for (const [status, again] of [
    ['checked_out', 'checked_in'],
    ['no_show', 'checked_in'],
    ['cancelled', 'confirmed'],
  ] as const) {
    const stay = await book();
    await stay.until(booking.startsAt + HOUR);
    await stay.change(aReservation({ ...booking, version: 2, status }));
    await stay.until(booking.startsAt + 14 * HOUR);
    assert.equal(stay.seam.grants.size, 0, status);
    const before = stay.sent.length;
    await stay.change(aReservation({ ...booking, version: 3, status: again }));
    const told = stay.sent.slice(before).filter(({ facts }) => facts !== null);
    assert.deepEqual([stay.seam.grants.size, told.length, stay.view.readiness], [1, 2, 'ready'], status);
    await stay.until(booking.endsAt);
    assert.deepEqual([stay.seam.grants.size, stay.view.readiness], [0, 'closed'], status);
  }
});

test('an earlier arrival moves the word to the guest with the door, and a room that is not ready holds both', async () => {
  const property = aProperty({ access: { requires: ['room_ready'] } });
  const earlier = { ...booking, startsAt: booking.startsAt - 4 * HOUR };
  const stay = await book({}, property);
  await stay.change(aReservation({ ...earlier, version: 2 }), property);
  await stay.until(earlier.startsAt - HOUR);
  assert.deepEqual([stay.seam.grants.size, stay.view.readiness], [0, 'blocked']);
  await stay.change(aReservation({ ...earlier, version: 3, conditions: { room_ready: true } }), property);
  assert.deepEqual([windows(stay), stay.view.readiness], [[earlier], 'ready']);
  const met = await book();
  await met.change(aReservation({ ...earlier, version: 2 }));
  await met.until(earlier.startsAt - DAY);
  assert.deepEqual([met.kinds(), met.sent[0]?.facts?.rooms[0]?.window], [['email access_ready', 'sms access_ready'], earlier]);
});
