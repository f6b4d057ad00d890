/** The sweep over the Seam simulator, with stays that are only known by how they stand. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger, type LogEntry } from '@temporalio/worker';
import { accessByProvider } from '../../activities/access-by-provider.ts';
import { createGrantLists } from '../../activities/adapters/grant-lists.ts';
import { createHouses } from '../../activities/adapters/houses.ts';
import { createAcsAdapter } from '../../activities/adapters/seam-acs/adapter.ts';
import { createCodesAdapter } from '../../activities/adapters/seam-codes/adapter.ts';
import { createSweep, type SweptGrants, type SweptStays } from '../../activities/sweep.ts';
import type { UnownedGrant } from '../../activities/upkeep-ports.ts';
import { CASA_DO_MONTE, HARBOUR_HOUSE } from '../../simulator/example-estate.ts';
import type { Standing } from '../../workflows/domain/standing.ts';
import { adapterFor, calm, codes, fingerprints } from '../support/seam-fixture.ts';
import { grantRoom, inHours, openSeamWorkspace, type SeamWorkspace } from '../support/seam-workspace.ts';

const HOUR = 3_600_000;
const acs = { systemId: HARBOUR_HOUSE.systemId, credentialManagerSystemId: null, accessGroups: [], multiPhoneSync: false };
const providers = ['grants', 'acs', 'access_codes'] as const;

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
    grantList: createGrantLists({ apiKey: workspace.apiKey, endpoint: workspace.simulator.url, providers, systems: [acs] }),
    house: createHouses({ apiKey: workspace.apiKey, endpoint: workspace.simulator.url, providers }),
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

const ROOM = HARBOUR_HOUSE.roomDoorIds['102'];

/** A guest of the access system with a code for a room, as provider acs leaves one; `hours` null: a user alone. */
async function guestIn({ key, hours }: { key: string; hours: number | null }) {
  const { seam } = workspace;
  const { user_identity_id } = await seam.userIdentities.create({ user_identity_key: key, full_name: 'Ada Lovelace' });
  const { acs_user_id } = await seam.acs.users.create({ acs_system_id: acs.systemId, user_identity_id, full_name: 'Ada Lovelace' });
  const wanted = { acs_user_id, access_method: 'code' as const, allowed_acs_entrance_ids: [ROOM], starts_at: inHours(0) };
  if (hours === null) return { handle: `acs:${acs_user_id}`, acs_user_id };
  const { acs_credential_id } = await seam.acs.credentials.create({ ...wanted, ends_at: inHours(hours) });
  return { handle: `acs:${acs_credential_id}`, acs_user_id };
}

const codeUnder = async (name: string): Promise<string> => {
  const times = { starts_at: inHours(0), ends_at: inHours(1) };
  return `access_codes:${(await workspace.seam.accessCodes.create({ device_id: CASA_DO_MONTE.keypadId, name, ...times })).access_code_id}`;
};

test('codes, credentials and users that closed stays left are found by name and end; of unknown stays they are reported; of strangers left', async () => {
  const closed = ['latchkey:pms:L1'];
  const stays = [stay('L1', { state: 'over' }), stay('L2'), stay('L3', { state: 'broken_off' })];
  const code = { over: await codeUnder('latchkey:pms:L1#a.1'), late: await codeUnder('latchkey:pms:L2#a.1') };
  const unknown = [await codeUnder('latchkey:pms:L404#a.1'), (await guestIn({ key: 'latchkey:pms:L404#g', hours: 1 })).handle];
  await codeUnder('cleaner');
  await guestIn({ key: 'elsewhere:pms:L1#g', hours: 1 });
  const [credential, user, inHouse] = [
    await guestIn({ key: 'latchkey:pms:L1#g', hours: 72 }),
    await guestIn({ key: 'latchkey:pms:L1#h', hours: null }),
    await guestIn({ key: 'latchkey:pms:L3#g', hours: 1 }),
  ];
  const early = await sweepOver({ standing: stays, closed });
  const ours = (id: string): boolean => id.includes(':');
  const ids = (found: readonly { readonly accessGrantId: string }[]) =>
    found
      .map((one) => one.accessGrantId)
      .filter(ours)
      .toSorted();
  assert.deepEqual(ids(early.grants.orphans), [code.over, credential.handle, user.handle].toSorted());
  assert.deepEqual(ids(early.reported), [...unknown, inHouse.handle].toSorted());
  assert.equal(early.reported.find(({ accessGrantId }) => accessGrantId === unknown[1])?.systemId, acs.systemId);
  assert.deepEqual(
    ids((await sweepOver({ standing: stays, closed, hours: 2.5 })).grants.orphans).filter((id) => id === code.late),
    [code.late],
  );
  const toSeam = { apiKey: workspace.apiKey, endpoint: workspace.simulator.url, fingerprints, codes };
  const access = accessByProvider({
    grants: adapterFor(toSeam.endpoint),
    lowLevel: { acs: createAcsAdapter(toSeam), access_codes: createCodesAdapter(toSeam) },
  });
  for (const { propertyId: _property, ...orphan } of early.grants.orphans)
    assert.deepEqual(await access.revoke(orphan, calm), { gone: true });
  assert.deepEqual(
    (await workspace.seam.acs.users.list({ acs_system_id: acs.systemId })).some((one) => one.acs_user_id === user.acs_user_id),
    false,
  );
  // With its last credential gone the user is next, by itself.
  assert.deepEqual(ids((await sweepOver({ standing: stays, closed })).grants.orphans), [`acs:${credential.acs_user_id}`]);
  const left = [...(await workspace.seam.accessCodes.list({ device_id: CASA_DO_MONTE.keypadId }))].map(({ name }) => name);
  assert.deepEqual(left.toSorted(), ['cleaner', 'latchkey:pms:L2#a.1', 'latchkey:pms:L404#a.1']);
});

test('a running stay is told of each code and credential that Seam does not list any more', async () => {
  const gone = '00000000-0000-4000-8000-000000000000';
  const held = [await codeUnder('latchkey:pms:L5#a.1'), (await guestIn({ key: 'latchkey:pms:L5#g', hours: 2 })).handle];
  const accessGrantIds = [...held, `access_codes:${gone}`, `acs:${gone}`];
  const { hinted } = await sweepOver({ standing: [stay('L5', { accessGrantIds })] });
  assert.deepEqual(hinted, [`latchkey:pms:L5 access_codes:${gone}`, `latchkey:pms:L5 acs:${gone}`]);
});
