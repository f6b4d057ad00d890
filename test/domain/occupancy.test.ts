/** Whose a unit is on the day of a turnover. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Neighbour, type OccupancyQuestion, occupantOf, residuesOf } from '../../workflows/domain/occupancy.ts';
import { aNeighbour, aQuestion } from '../support/neighbours.ts';
import { PlayedStay } from '../support/played-stay.ts';
import { aProperty, aReservation } from '../support/stays.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const question = aQuestion();
const neighbour = aNeighbour();
const { startsAt: NOON } = question.window;
const late = { ...neighbour, window: { ...neighbour.window, endsAt: NOON + 2 * HOUR } };

test('on the day of a turnover the later booked guest waits while the unit is another’s beyond its grace, and nobody else does', async () => {
  const cases: readonly (readonly [string, Neighbour, OccupancyQuestion, boolean])[] = [
    ['within the grace', neighbour, question, false],
    ['a late checkout', late, question, true],
    ['another unit', { ...late, unitIds: ['102'] }, question, false],
    ['booked later', { ...late, bookedAt: 3 }, question, false],
    ['booked later, but this one comes early', { ...late, bookedAt: 3 }, { ...question, isEarly: true }, true],
    ['cancelled, or over', { ...late, isOut: true }, question, false],
    ['cleaners', { ...late, kind: 'work' }, question, false],
    ['for cleaners', late, { ...question, kind: 'work' }, false],
    ['shared on purpose', late, { ...question, shareWith: ['pms:A'] }, false],
    ['the same booking', { ...late, booking: 'x' }, { ...question, booking: 'x' }, false],
  ];
  for (const [what, other, asked, waits] of cases) assert.equal(occupantOf({ question: asked, neighbours: [other] }) !== null, waits, what);
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
  const residual = { unitIds: ['101', '102'], until: NOON + HOUR };
  const former: Neighbour = { ...late, unitIds: [], residual };
  const found = [{ key: 'pms:A', unitIds: ['101'], until: NOON + HOUR }];
  const cases: readonly (readonly [string, Neighbour, OccupancyQuestion, typeof found])[] = [
    ['of a stay that has left', former, question, found],
    ['over before', { ...former, residual: { ...residual, until: NOON } }, question, []],
    ['in another unit', former, { ...question, unitIds: ['103'] }, []],
    ['its own', former, { ...question, workflowId: former.workflowId }, []],
    ['of one that shares the unit', former, { ...question, shareWith: ['pms:A'] }, []],
    ['of the same booking', { ...former, booking: 'x' }, { ...question, booking: 'x' }, []],
  ];
  for (const [what, other, asked, expected] of cases) {
    assert.deepEqual(residuesOf({ question: asked, neighbours: [other] }), expected, what);
    assert.equal(occupantOf({ question: asked, neighbours: [other] }), null, what);
  }
});
