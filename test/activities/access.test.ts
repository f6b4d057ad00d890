/** What the activities add to the port: whoever else has a unit is asked about before Seam is, and no end counts before it is proven. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApplicationFailure } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { createAccessActivities } from '../../activities/access.ts';
import type { Neighbour } from '../../workflows/domain/occupancy.ts';
import { aNeighbour, aQuestion, aUnit } from '../support/neighbours.ts';
import { grantRequest } from '../support/seam-fixture.ts';
import { SeamInMemory } from '../support/seam-in-memory.ts';

const grantKey = 'latchkey:pms:B#1.1';
const { window } = aUnit();
const staying = aNeighbour({ units: [aUnit({ endsAt: window.endsAt + 1 })] });

function activitiesWith(found: readonly Neighbour[]) {
  const access = new SeamInMemory();
  const activities = createAccessActivities({ access, neighbours: { find: async () => found } });
  const run = <T>(activity: () => Promise<T>): Promise<T> =>
    new MockActivityEnvironment({}, { logger: new DefaultLogger('ERROR') }).run(activity);
  return { access, activities, run };
}

const failing = (type: string) => (error: unknown) => error instanceof ApplicationFailure && error.type === type;

test('while a unit is another’s Seam is asked for neither a grant nor new times; where the house only warns, the other stay is named', async () => {
  const { access, activities, run } = activitiesWith([staying]);
  const grant = (occupancy = aQuestion()) => run(() => activities.grantAccess({ ...grantRequest({ grantKey }), occupancy }));
  const move = (occupancy = aQuestion()) => run(() => activities.changeAccessWindow({ accessGrantId: 'grant-1', window, occupancy }));
  await assert.rejects(grant(), failing('UnitOccupied'));
  await assert.rejects(move(), failing('UnitOccupied'));
  assert.deepEqual(access.log, []);
  const granted = await grant(aQuestion({ overlap: 'warn' }));
  const moved = await move(aQuestion({ overlap: 'warn' }));
  assert.deepEqual([granted.sharesWith, moved.sharesWith], [staying.key, staying.key]);
  assert.deepEqual(access.log, [`grant ${grantKey}`, 'changeWindow grant-1']);
});

test('whoever booked later and is in the way is named, to be told, when a stay comes into the unit; nobody else is', async () => {
  const later = { units: staying.units, bookedAt: 3 };
  const cases: readonly (readonly [string, Neighbour, readonly string[] | undefined])[] = [
    ['booked later', aNeighbour(later), ['latchkey:pms:A']],
    ['gone within the grace', aNeighbour({ bookedAt: 3 }), undefined],
    ['cancelled', aNeighbour({ ...later, isOut: true }), undefined],
    ['cleaners', aNeighbour({ ...later, kind: 'work' }), undefined],
    ['another unit', aNeighbour({ bookedAt: 3, units: [aUnit({}, '102')] }), undefined],
    ['that shares the unit', aNeighbour({ ...later, key: 'pms:C' }), undefined],
  ];
  for (const [what, other, expected] of cases) {
    const { activities, run } = activitiesWith([other]);
    const occupancy = aQuestion({ shareWith: ['pms:C'] });
    const granted = await run(() => activities.grantAccess({ ...grantRequest({ grantKey }), occupancy }));
    const moved = await run(() => activities.changeAccessWindow({ accessGrantId: 'grant-1', window, occupancy }));
    assert.deepEqual([granted.keepsOut, moved.keepsOut], [expected, expected], what);
  }
});

test('a revocation that Seam took and did not carry out yet is no success; one that found more is asked again with that, not as before', async () => {
  const { access, activities, run } = activitiesWith([]);
  access.revoke = async () => ({ gone: false });
  const revoke = () => run(() => activities.revokeAccess({ grantKey, accessGrantId: 'grant-1', accessMethodIds: [] }));
  await assert.rejects(revoke(), failing('StillThere'));
  const learnt = { accessGrantId: 'grant-1', accessMethodIds: ['method-1'] };
  access.revoke = async () => ({ gone: false, learnt });
  await assert.rejects(revoke(), (error) => {
    assert.ok(error instanceof ApplicationFailure);
    assert.deepEqual([error.type, error.nonRetryable], ['StillThere', true]);
    assert.deepEqual(error.details, [{ type: 'StillThere', code: null, retryAfter: null, learnt }]);
    return true;
  });
});
