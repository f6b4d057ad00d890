/** Whose a unit is on the day of a turnover. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Neighbour, type OccupancyQuestion, occupantOf, residuesOf } from '../../workflows/domain/occupancy.ts';
import { bookedUnits, occupancyQuestion } from '../../workflows/domain/occupancy-question.ts';
import { activityInput } from '../../workflows/inputs.ts';
import { aNeighbour, aQuestion, aUnit, NOON } from '../support/neighbours.ts';
import { PlayedStay } from '../support/played-stay.ts';
import { aProperty, aReservation, iso } from '../support/stays.ts';
import { VisibleStay } from '../support/visible-stay.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const question = aQuestion();
const neighbour = aNeighbour();
const until = (endsAt: number, unitId = '101') => [aUnit({ startsAt: NOON - DAY, endsAt }, unitId)];
const late = { ...neighbour, units: until(NOON + 2 * HOUR) };

test('on the day of a turnover the later booked guest waits while the unit is another’s beyond its grace, and nobody else does', async () => {
  const cases: readonly (readonly [string, Neighbour, OccupancyQuestion, boolean])[] = [
    ['within the grace', neighbour, question, false],
    ['a late checkout', late, question, true],
    ['another unit', { ...late, units: until(NOON + 2 * HOUR, '102') }, question, false],
    ['booked later', { ...late, bookedAt: 3 }, question, false],
    ['cancelled, or over', { ...late, isOut: true }, question, false],
    ['cleaners', { ...late, kind: 'work' }, question, false],
    ['for cleaners', late, { ...question, kind: 'work' }, false],
    ['shared on purpose', late, { ...question, shareWith: ['pms:A'] }, false],
    ['the same booking', { ...late, booking: 'x' }, { ...question, booking: 'x' }, false],
  ];
  for (const [what, other, asked, waits] of cases)
    assert.equal(occupantOf({ question: asked, neighbours: [other], now: NOON - DAY }) !== null, waits, what);
  const stay = await PlayedStay.book({
    reservation: aReservation({ startsAt: NOON + HOUR, endsAt: NOON + 2 * DAY }),
    property: aProperty(),
    now: NOON,
  });
  stay.failing.push({ kind: 'grant', failure: { type: 'UnitOccupied', code: 'pms:A', retryAfter: null } });
  await stay.settle();
  assert.deepEqual([stay.seam.grants.size, stay.kinds(), stay.view.readiness], [0, [], 'blocked']);
  await stay.until(NOON + HOUR);
  assert.deepEqual([stay.seam.grants.size, stay.kinds(), stay.view.readiness], [1, ['email access_ready', 'sms access_ready'], 'ready']);
});

test('what an earlier stay left behind is found where it is still there at the beginning, is nobody’s own, and keeps nobody out', () => {
  const residual = ['101', '102'].flatMap((unitId) => until(NOON + HOUR, unitId));
  const former: Neighbour = { ...late, units: [], residual };
  const found = [{ key: 'pms:A', unitIds: ['101'], until: NOON + HOUR }];
  const cases: readonly (readonly [string, Neighbour, OccupancyQuestion, typeof found])[] = [
    ['of a stay that has left', former, question, found],
    ['over before', { ...former, residual: until(NOON) }, question, []],
    ['in another unit', former, { ...question, units: [aUnit({}, '103')] }, []],
    ['its own', former, { ...question, workflowId: former.workflowId }, []],
    ['of one that shares the unit', former, { ...question, shareWith: ['pms:A'] }, []],
    ['of the same booking', { ...former, booking: 'x' }, { ...question, booking: 'x' }, []],
  ];
  for (const [what, other, asked, expected] of cases) {
    assert.deepEqual(residuesOf({ question: asked, neighbours: [other] }), expected, what);
    assert.equal(occupantOf({ question: asked, neighbours: [other], now: NOON }), null, what);
  }
});

test('a guest who comes early waits for whoever is there until the booked arrival; from then on, and past it, only for who booked first', () => {
  const early = { ...question, units: [{ ...aUnit({ startsAt: NOON - 3 * HOUR, endsAt: NOON + 2 * DAY }), bookedFrom: NOON }] };
  const leaving = { ...neighbour, units: until(NOON), bookedAt: 3 };
  const following = { ...neighbour, units: [aUnit({ startsAt: NOON + DAY, endsAt: NOON + 3 * DAY })], bookedAt: 3 };
  const cases: readonly (readonly [string, Neighbour, OccupancyQuestion, number, boolean])[] = [
    ['who is there before it, and booked later', leaving, early, NOON - 3 * HOUR, true],
    ['who is there before it, but past it', leaving, early, NOON, false],
    ['who is there before it, and the guest comes as booked', leaving, question, NOON - 3 * HOUR, false],
    ['into whose time the stay was extended, and who booked later', following, early, NOON - 3 * HOUR, false],
    ['into whose time the stay was extended, and who booked first', { ...following, bookedAt: 1 }, early, NOON, true],
  ];
  for (const [what, other, asked, now, waits] of cases)
    assert.equal(occupantOf({ question: asked, neighbours: [other], now }) !== null, waits, what);
});

test('rooms with times of their own are asked for and kept each for its own time: with the grant, with the message, and by others', async () => {
  const [mid, endsAt] = [NOON + 3 * DAY, NOON + 6 * DAY];
  const rooms = [
    { id: '1', unitId: '101', arrival: null, departure: iso(mid) },
    { id: '2', unitId: '102', arrival: iso(mid), departure: null },
  ];
  const [guest] = aReservation({ startsAt: NOON, endsAt }).guests;
  assert.ok(guest);
  const reservation = aReservation({ startsAt: NOON, endsAt, rooms, guests: [{ ...guest, roomIds: ['1', '2'] }] });
  const stay = await PlayedStay.book({ reservation, property: aProperty(), now: NOON });
  const visible = new VisibleStay(stay);
  await stay.settle();
  const [message] = stay.sent;
  assert.ok(message);
  const asked = activityInput.send({ command: message, state: stay.state }).occupancy;
  assert.ok(asked);
  const before = aNeighbour({ units: [aUnit({ startsAt: NOON - DAY, endsAt: mid }, '102')], bookedAt: 0 });
  const into = aNeighbour({ units: [aUnit({ startsAt: NOON - DAY, endsAt: mid + 1 }, '102')], bookedAt: 0 });
  assert.deepEqual(
    [before, into].map((other) => occupantOf({ question: asked, neighbours: [other], now: NOON })?.key),
    [undefined, into.key],
  );
  const keepsOut = async (unitId: string, startsAt: number): Promise<boolean> => {
    const next = aQuestion({ bookedAt: NOON + 1, closesAfter: 0, units: [aUnit({ startsAt, endsAt: startsAt + DAY }, unitId)] });
    return occupantOf({ question: next, neighbours: await visible.seenBy(next), now: NOON }) !== null;
  };
  assert.deepEqual([await keepsOut('101', mid), await keepsOut('101', mid - 1)], [false, true]);
  assert.deepEqual([await keepsOut('102', mid - DAY), await keepsOut('102', mid)], [false, true]);
});

test('a stay asks for the time before its arrival only where its guest was let in then', async () => {
  const booked = { startsAt: NOON, endsAt: NOON + DAY };
  const stay = await PlayedStay.book({ reservation: aReservation(booked), property: aProperty(), now: NOON - 3 * HOUR });
  await stay.settle();
  const bookedFrom = (): unknown[] =>
    occupancyQuestion({ state: stay.state, units: bookedUnits(stay.state) }).units.map((unit) => [unit.window.startsAt, unit.bookedFrom]);
  assert.deepEqual(bookedFrom(), [[NOON, undefined]]);
  await stay.change(aReservation({ ...booked, version: 2, status: 'checked_in' }));
  assert.deepEqual(bookedFrom(), [[NOON - 3 * HOUR, NOON]]);
});
