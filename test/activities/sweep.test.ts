/** The sweep over the Seam simulator, with stays that are only known by how they stand. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger, type LogEntry } from '@temporalio/worker';
import { createGrantList } from '../../activities/adapters/seam/grant-list.ts';
import { createHouse } from '../../activities/adapters/seam/house.ts';
import { createSweep, type SweptGrants, type SweptStays } from '../../activities/sweep.ts';
import type { UnownedGrant } from '../../activities/upkeep-ports.ts';
import { CASA_DO_MONTE } from '../../simulator/example-estate.ts';
import type { Standing } from '../../workflows/domain/standing.ts';
import { grantRoom, inHours, openSeamWorkspace, type SeamWorkspace } from '../support/seam-workspace.ts';

const HOUR = 3_600_000;

let workspace: SeamWorkspace;
before(async () => {
  workspace = await openSeamWorkspace();
});
after(() => workspace[Symbol.asyncDispose]());

const logged: LogEntry[] = [];
const logger = new DefaultLogger('WARN', (entry) => void logged.push(entry));

interface World {
  readonly standing: readonly Standing[];
  /** Those whose last run has ended, by what Temporal itself says. */
  readonly closed?: readonly string[];
  readonly hours?: number;
}

/** What the sweep finds, and whom it told to look. */
async function sweepOver({ standing, closed = [], hours = 0 }: World) {
  const hinted: string[] = [];
  const reported: UnownedGrant[] = [];
  const sweep = createSweep({
    deployment: 'latchkey',
    grantList: createGrantList({ apiKey: workspace.apiKey, endpoint: workspace.simulator.url }),
    house: createHouse({ apiKey: workspace.apiKey, endpoint: workspace.simulator.url }),
    attentionBefore: () => 4 * HOUR,
    standings: {
      ofWorkflows: async () => new Map(standing.map((stay) => [stay.workflowId, stay])),
      ofGrants: async () => new Map(),
      running: async ({ cursor }) => ({ standings: standing.slice(Number(cursor ?? 0), Number(cursor ?? 0) + 1), next: null }),
      liveGrants: async () => 0,
      isClosed: async (workflowId) => closed.includes(workflowId),
    },
    stays: {
      hear: async () => 0,
      hint: async ({ workflowId, accessGrantId }) => {
        hinted.push(`${workflowId} ${accessGrantId}`);
        return true;
      },
    },
    unowned: { report: async (grants) => void reported.push(...grants) },
    brake: { pass: async (orphans) => orphans.map(({ accessGrantId }) => accessGrantId) },
    now: () => Date.now() + hours * HOUR,
  });
  const input = { cursor: null, sweepId: 's1' };
  const grants: SweptGrants = await new MockActivityEnvironment({}, { logger }).run(() => sweep.sweepGrants(input));
  const stays: SweptStays = await new MockActivityEnvironment({}, { logger }).run(() => sweep.sweepStays(input));
  return { grants, stays, hinted, reported };
}

const stay = (id: string, change: Partial<Standing> = {}): Standing => ({
  workflowId: `latchkey:pms:${id}`,
  state: 'running',
  readiness: 'ready',
  propertyId: 'house',
  accessGrantIds: [],
  ...change,
});

const grant = (key: string) => grantRoom(workspace.seam, { access_grant_key: key, ends_at: inHours(1) });

test('a stay that runs again before visibility knows of it keeps its grant', async () => {
  const { access_grant_id, access_method_ids } = await grant('latchkey:pms:R1#a.1');
  const standing = [stay('R1', { state: 'over' })];
  assert.deepEqual((await sweepOver({ standing })).grants.orphans, []);
  const { orphans } = (await sweepOver({ standing, closed: ['latchkey:pms:R1'] })).grants;
  assert.deepEqual(orphans, [
    { grantKey: 'latchkey:pms:R1#a.1', accessGrantId: access_grant_id, accessMethodIds: access_method_ids, propertyId: 'house' },
  ]);
});

test('a stay that did not end its access is told to look, and overruled an hour later', async () => {
  const { access_grant_id } = await grant('latchkey:pms:R2#a.1');
  const standing = [stay('R1'), stay('R2', { accessGrantIds: [access_grant_id] })];
  const of = async (hours: number) => {
    const { grants, hinted } = await sweepOver({ standing, hours });
    return [
      hinted.includes(`latchkey:pms:R2 ${access_grant_id}`),
      grants.orphans.some((orphan) => orphan.accessGrantId === access_grant_id),
    ];
  };
  assert.deepEqual(await of(1), [false, false]);
  assert.deepEqual(await of(1.5), [true, false]);
  assert.deepEqual(await of(2.5), [false, true]);
});

test('a grant whose workflow is not to be found is counted, logged by its key and reported, and left; a stranger is none of ours', async () => {
  const { access_grant_id: accessGrantId } = await grant('latchkey:pms:R3#a.1');
  await grant('elsewhere:pms:R3#a.1');
  logged.length = 0;
  const { grants, reported } = await sweepOver({ standing: [stay('R1'), stay('R2')], hours: 48 });
  assert.deepEqual([grants.unowned, reported], [1, [{ grantKey: 'latchkey:pms:R3#a.1', accessGrantId, propertyId: null }]]);
  assert.ok(!grants.orphans.some((orphan) => orphan.grantKey.includes('R3')));
  assert.deepEqual(logged.find((entry) => entry.message.includes('not to be found'))?.meta?.['grantKeys'], ['latchkey:pms:R3#a.1']);
});

test('a running stay is told of each grant that Seam does not list any more', async () => {
  const { access_grant_id } = await grant('latchkey:pms:R4#a.1');
  const vanished = '00000000-0000-4000-8000-000000000000';
  const { stays, hinted } = await sweepOver({ standing: [stay('R4', { accessGrantIds: [access_grant_id, vanished] })] });
  assert.deepEqual([stays.checked, hinted], [1, [`latchkey:pms:R4 ${vanished}`]]);
});

test('a stay that is ready looks at the grant of a sick door once that matters, also where Seam never said a word of it', async () => {
  const doors = { acs_entrance_ids: [], device_ids: [CASA_DO_MONTE.gateId] };
  const near = await grantRoom(workspace.seam, { ...doors, access_grant_key: 'latchkey:pms:R5#a.1', ends_at: inHours(9) });
  const far = { starts_at: inHours(5), ends_at: inHours(9) };
  const later = await grantRoom(workspace.seam, { ...doors, access_grant_key: 'latchkey:pms:R6#a.1', ...far });
  const house = async (readiness: string): Promise<readonly string[]> => {
    const held = [near, later].map(({ access_grant_id }, i) => stay(`R${i + 5}`, { readiness, accessGrantIds: [access_grant_id] }));
    return (await Promise.all(held.map(async (one) => (await sweepOver({ standing: [one] })).hinted))).flat();
  };
  assert.deepEqual(await house('ready'), []);
  workspace.simulator.knobs.set({ ailments: { [CASA_DO_MONTE.gateId]: 'time_zone_mismatch' } });
  assert.deepEqual(await house('ready'), [`latchkey:pms:R5 ${near.access_grant_id}`]);
  assert.deepEqual(await house('at_risk'), [`latchkey:pms:R6 ${later.access_grant_id}`]);
  workspace.simulator.knobs.set({ ailments: {} });
  assert.deepEqual(await house('at_risk'), [`latchkey:pms:R5 ${near.access_grant_id}`, `latchkey:pms:R6 ${later.access_grant_id}`]);
});
