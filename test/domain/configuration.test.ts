import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Property } from '../../workflows/domain/property.ts';
import { ATTRIBUTES, bookingAttributes, HELD_BACK } from '../../workflows/visibility.ts';
import { PlayedStay } from '../support/played-stay.ts';
import { aProperty, aReservation, iso } from '../support/stays.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const T0 = Date.UTC(2026, 10, 22, 12);
const booking = { startsAt: T0 - HOUR, endsAt: T0 + 2 * DAY };
const otherDoors = (id: string): Property['units'] => ({
  '101': { doors: { entrances: [id], devices: [], spaces: [], spaceKeys: [] }, modes: null },
});

/** In house and told; `r0` is the configuration under which it was booked. */
async function inHouse(
  change: Parameters<typeof aReservation>[0] = booking,
  property = aProperty({ revision: 'r0' }),
): Promise<PlayedStay> {
  const stay = await PlayedStay.book({ reservation: aReservation(change), property, now: T0 });
  await stay.settle();
  assert.equal(stay.view.readiness, 'ready');
  return stay;
}

const configure = (stay: PlayedStay, property: Property | null, mayRevoke = false, unitIds: readonly string[] = ['101']): Promise<void> =>
  stay.tell({ kind: 'property', fact: { propertyId: 'house', property, unitIds, mayRevoke } });

const attribute = (stay: PlayedStay): unknown =>
  bookingAttributes(stay.state).find(({ key }) => key.name === ATTRIBUTES.configuration.name)?.value;
const codes = (stay: PlayedStay): string[] => stay.view.reasons.map(({ code }) => code);
const grants = (stay: PlayedStay): number => stay.seam.grants.size;

const WITHOUT = aProperty({ units: {}, revision: 'r1' });
const LOSSES: readonly (readonly [string, Property | null])[] = [
  ['a unit that is not listed', WITHOUT],
  ['a unit without doors', aProperty({ units: { '101': { doors: WITHOUT.common, modes: null } }, revision: 'r1' })],
  ['a property that is not configured', null],
  ['guests who lose their right to a grant', aProperty({ access: { guests: 'main' }, revision: 'r1' })],
  ['another zone, in which the stay is over', aProperty({ zone: { name: 'Etc/GMT-14', offsets: [[0, 14 * 60]] }, revision: 'r1' })],
  ['a default time, at which the stay is over', aProperty({ checkOut: '00:00', revision: 'r1' })],
];

const companion = { id: 'g2', name: 'Charles Babbage', email: 'charles@guests.example', phone: null, language: null, roomIds: ['1'] };

test('no configuration takes access away by itself, whether the Schedule brings it or a word of the PMS; with leave it does, and it is proven', async () => {
  for (const [what, property] of LOSSES) {
    const guests = [...aReservation(booking).guests, companion];
    const times = { ...booking, guests, arrival: iso(booking.startsAt), departure: '2026-11-22' };
    const first = aProperty({ checkOut: '23:00', revision: 'r0' });
    const stay = await inHouse(times, first);
    const before = stay.sent.length;
    if (property === null) await configure(stay, property);
    for (const version of property === null ? [] : [1, 2]) await stay.change(aReservation({ ...times, version }), property ?? WITHOUT);
    assert.deepEqual([grants(stay), stay.view.readiness, stay.view.access.length], [2, 'blocked', 2], what);
    assert.equal(attribute(stay), `${HELD_BACK}${property === null ? 'unconfigured' : 'r1'}`, what);
    const told = stay.sent.slice(before).filter(({ notice }) => notice.kind !== 'staff_alert');
    assert.deepEqual(told, [], what);
    await configure(stay, property, true);
    assert.ok(grants(stay) < 2, what);
    assert.equal(stay.view.access.filter(({ absenceVerifiedAt }) => absenceVerifiedAt !== null).length, 2 - grants(stay), what);
    assert.equal(attribute(stay), property === null ? 'unconfigured' : 'r1', what);
    await stay.change(aReservation({ ...times, version: 3 }), property ?? WITHOUT);
    assert.ok(grants(stay) < 2, `${what}: the leave holds`);
  }
});

test('what is held back ends when the unit is listed again, and the stay goes on untouched', async () => {
  const stay = await inHouse();
  await configure(stay, WITHOUT);
  assert.deepEqual(codes(stay), ['unit_withdrawn']);
  const { length } = stay.seam.log;
  await configure(stay, aProperty({ revision: 'r2' }));
  assert.deepEqual([codes(stay), stay.view.readiness, attribute(stay)], [[], 'ready', 'r2']);
  assert.deepEqual(stay.seam.log.slice(length), []);
});

test('a guest in house keeps the key while the PMS takes the unit off the booking and puts it back, and the configuration has lost it meanwhile', async () => {
  const stay = await inHouse();
  const rooms = [{ id: '1', unitId: null, arrival: null, departure: null }];
  await stay.change(aReservation({ ...booking, rooms, version: 2 }), WITHOUT);
  await stay.change(aReservation({ ...booking, version: 3 }), WITHOUT);
  assert.deepEqual([grants(stay), codes(stay)], [1, ['unit_withdrawn']]);
});

test('a stay whose unit is held back is served on: extended, cancelled, checked out as the PMS says', async () => {
  const stay = await inHouse();
  await configure(stay, WITHOUT);
  await stay.change(aReservation({ ...booking, endsAt: booking.endsAt + DAY, version: 2 }), WITHOUT);
  assert.deepEqual(stay.kinds().slice(2), ['email access_changed', 'sms access_changed']);
  await stay.change(aReservation({ ...booking, version: 3, status: 'cancelled' }), WITHOUT);
  await stay.until(T0 + HOUR);
  assert.deepEqual([grants(stay), stay.view.readiness], [0, 'closed']);
});

test('a unit with other doors is a replacement: the new access is told before the old one goes, without leave', async () => {
  const stay = await inHouse();
  await configure(stay, aProperty({ units: otherDoors('door-new'), revision: 'r1' }));
  const order = stay.seam.log.filter((entry) => /^(grant|revoke) /.test(entry)).map((entry) => entry.split(' ')[0]);
  assert.deepEqual(order, ['grant', 'grant', 'revoke']);
  assert.deepEqual(stay.kinds().slice(2), ['email access_changed', 'sms access_changed']);
  assert.deepEqual([grants(stay), stay.view.readiness, attribute(stay)], [1, 'ready', 'r1']);
});

test('stays that rely on default times move with them, are told once, and those with times of their own stay', async () => {
  for (const [departure, moved] of [
    ['2026-11-24', true],
    ['2026-11-24T11:00', false],
  ] as const) {
    const stay = await inHouse({ ...booking, departure });
    const property = aProperty({ checkOut: '12:30', revision: 'r1' });
    await configure(stay, property);
    await configure(stay, property);
    assert.equal(stay.view.window.endsAt, `2026-11-24T${moved ? '12:30' : '11:00'}:00.000Z`);
    assert.deepEqual(stay.kinds().slice(2), moved ? ['email access_changed', 'sms access_changed'] : []);
    assert.equal(stay.view.timeline.filter(({ what }) => what === 'configuration_changed').length, 1);
  }
});

test('a unit that gets its doors at last is served at once, and is late only from then on', async () => {
  const stay = await PlayedStay.book({ reservation: aReservation(booking), property: aProperty({ units: {} }), now: T0 });
  await stay.settle();
  assert.equal(stay.view.readiness, 'blocked');
  stay.now += HOUR;
  stay.seam.issuesAtOnce = false;
  await configure(stay, aProperty({ revision: 'r1' }));
  assert.deepEqual([grants(stay), stay.view.readiness], [1, 'pending']);
});

test('what was looked up for another unit or another house takes nothing: the newest word of the PMS stands', async () => {
  const rooms = [{ id: '1', unitId: '102', arrival: null, departure: null }];
  const stay = await inHouse({ ...booking, rooms });
  await configure(stay, aProperty({ units: otherDoors('door-101'), revision: 'r1' }), true, ['101']);
  await stay.tell({ kind: 'property', fact: { propertyId: 'former', property: null, unitIds: ['102'], mayRevoke: true } });
  assert.deepEqual([grants(stay), stay.view.readiness, stay.sent.length], [1, 'ready', 2]);
});

test('a guest in house whom the PMS moves to a unit that nobody configured keeps the key until there is another', async () => {
  const rooms = [{ id: '1', unitId: 'nowhere', arrival: null, departure: null }];
  const stay = await inHouse();
  await stay.change(aReservation({ ...booking, rooms, version: 2 }), WITHOUT);
  assert.deepEqual([grants(stay), stay.view.readiness], [1, 'blocked']);
  const early = await inHouse({ startsAt: T0 + HOUR, endsAt: T0 + DAY });
  await early.change(aReservation({ startsAt: T0 + HOUR, endsAt: T0 + DAY, rooms, version: 2 }), WITHOUT);
  assert.equal(grants(early), 0);
});
