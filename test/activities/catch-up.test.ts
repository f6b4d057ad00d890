/** The catch-up over the Seam simulator, with stays that are only known by how they stand. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { createHouses } from '../../activities/adapters/houses.ts';
import { createEventLog } from '../../activities/adapters/seam/event-log.ts';
import { createCatchUp } from '../../activities/catch-up.ts';
import type { DoorPlace, EventLogPort, HousePort, StandingPort } from '../../activities/upkeep-ports.ts';
import { CASA_DO_MONTE, HARBOUR_HOUSE } from '../../simulator/example-estate.ts';
import { caughtUpTypes } from '../../workflows/domain/catch-up-plan.ts';
import { CATCH_UP } from '../../workflows/domain/pace.ts';
import type { Standing } from '../../workflows/domain/standing.ts';
import { grantRoom, inHours, openSeamWorkspace, type SeamWorkspace, typesOf } from '../support/seam-workspace.ts';
import { until } from '../support/until.ts';

const HOUR = 3_600_000;
const providers = ['grants', 'acs', 'access_codes'] as const;
const ISSUED = 'access_method.issued';

let workspace: SeamWorkspace;
let eventLog: EventLogPort;
let house: HousePort;
before(async () => {
  workspace = await openSeamWorkspace();
  house = createHouses({ apiKey: workspace.apiKey, endpoint: workspace.simulator.url, providers });
  eventLog = createEventLog({ apiKey: workspace.apiKey, endpoint: workspace.simulator.url, types: caughtUpTypes(['grants']) });
});
after(() => workspace[Symbol.asyncDispose]());

/** What reached a stay, as `<type> <grant key or id>`. */
let heard: string[] = [];
const standing = new Map<string, Standing>();
beforeEach(() => {
  heard = [];
  standing.clear();
});

const standings: StandingPort = {
  ofWorkflows: async (ids) => new Map(ids.flatMap((id) => (standing.has(id) ? [[id, standing.get(id) as Standing]] : []))),
  ofGrants: async (ids) =>
    new Map(
      ids.flatMap((id) => [...standing.values()].filter((stay) => stay.accessGrantIds.includes(id)).map((stay) => [id, stay] as const)),
    ),
  running: async () => ({ standings: [], next: null }),
  liveGrants: async () => 0,
  isClosed: async () => false,
};

async function hear(body: unknown): Promise<number> {
  const { event_type, access_grant_keys, access_grant_id } = body as Record<string, string | undefined>;
  heard.push(`${event_type} ${access_grant_keys ?? access_grant_id}`);
  return 1;
}

const catchUpWith = (change: Partial<Parameters<typeof createCatchUp>[0]> = {}) => {
  const stays = { hear, hint: async () => true };
  const now = (): number => Date.now() + CATCH_UP.leftToWebhooks;
  return createCatchUp({ deployment: 'latchkey', eventLog, house, widestAttention: 4 * HOUR, standings, stays, now, ...change });
};

const run = (catchUp: ReturnType<typeof createCatchUp>, since = Date.now()): Promise<{ until: number }> =>
  new MockActivityEnvironment({}, { logger: new DefaultLogger('ERROR') }).run(() => catchUp.catchUpEvents({ since }));

async function issued(access_grant_key: string): Promise<string> {
  const { access_grant_id } = await grantRoom(workspace.seam, { access_grant_key, ends_at: inHours(24) });
  await until('issued', async () => (await typesOf(workspace.seam, access_grant_id)).includes('access_grant.access_granted_to_all_doors'));
  return access_grant_id;
}

const stay = (change: Partial<Standing> & Pick<Standing, 'workflowId'>): void =>
  void standing.set(change.workflowId, { state: 'running', readiness: 'pending', propertyId: 'house', accessGrantIds: [], ...change });

test('what a waiting stay has not heard reaches it, once per process; a ready one hears only of what is taken from it', async () => {
  const waiting = await issued('latchkey:pms:R1#a.1');
  const ready = await issued('latchkey:pms:R2#a.1');
  stay({ workflowId: 'latchkey:pms:R1', accessGrantIds: [waiting] });
  stay({ workflowId: 'latchkey:pms:R2', readiness: 'ready', accessGrantIds: [ready] });
  const catchUp = catchUpWith();
  await run(catchUp);
  assert.deepEqual(
    heard.filter((line) => line.startsWith(ISSUED)),
    [`${ISSUED} latchkey:pms:R1#a.1`],
  );
  assert.ok(
    heard.every((line) => line.endsWith('R1#a.1') || line.endsWith(waiting)),
    String(heard),
  );
  heard = [];
  await run(catchUp);
  assert.equal(heard.length, 0);
  await workspace.seam.accessGrants.delete({ access_grant_id: ready });
  await run(catchUp);
  assert.ok(heard.includes(`access_grant.deleted ${ready}`), String(heard));
});

test('an event that could not be passed on is passed on by the next attempt', async () => {
  await issued('latchkey:pms:R3#a.1');
  let fails = true;
  const catchUp = catchUpWith({
    stays: {
      hint: async () => true,
      hear: (body) => {
        if (fails) throw new Error('away');
        return hear(body);
      },
    },
  });
  await assert.rejects(run(catchUp));
  fails = false;
  await run(catchUp);
  assert.ok(heard.includes(`${ISSUED} latchkey:pms:R3#a.1`));
});

test('more events than one page of Seam holds are all read', async () => {
  const keys = Array.from({ length: 180 }, (_, i) => `latchkey:pms:many-${i}#a.1`);
  await Promise.all(keys.map((access_grant_key) => grantRoom(workspace.seam, { access_grant_key })));
  await until('all issued', async () => {
    const events = await eventLog.page({ after: Date.now() - HOUR, before: Date.now(), offset: 500 }, new AbortController().signal);
    return events.length > 20;
  });
  await until('all heard', async () => {
    heard = [];
    await run(catchUpWith());
    return keys.every((key) => heard.includes(`${ISSUED} ${key}`));
  });
  assert.equal(heard.length, new Set(heard).size);
});

test('after a long silence everything is looked at, span by span, with no gap between; the end is left to the webhooks', async () => {
  const now = Date.now();
  const asked: { after: number; before: number }[] = [];
  const log: EventLogPort = {
    page: async (span) => {
      asked.push(span);
      return [];
    },
  };
  const catchUp = catchUpWith({ eventLog: log, now: () => now });
  assert.deepEqual(await run(catchUp, now - 24 * HOUR), { until: now - CATCH_UP.leftToWebhooks });
  assert.equal(asked[0]?.after, now - 24 * HOUR - CATCH_UP.overlap);
  assert.equal(asked.at(-1)?.before, now - CATCH_UP.leftToWebhooks);
  for (const [i, { after, before }] of asked.entries()) {
    assert.ok(before - after <= CATCH_UP.span + CATCH_UP.overlap);
    const next = asked[i + 1];
    if (next !== undefined) assert.equal(next.after, before - CATCH_UP.overlap);
  }
  // A clock that was set back must not blind it until the old hour comes again.
  assert.deepEqual(await run(catchUp, now + HOUR), { until: now - CATCH_UP.leftToWebhooks });
  assert.equal(asked.at(-1)?.after, now - CATCH_UP.leftToWebhooks - CATCH_UP.overlap);
});

test('word of a door reaches the stays near it that do not know, is asked of Seam once, and strangers never hear', async () => {
  const key = (id: string): string => `latchkey:pms:${id}#a.1`;
  const doors = { acs_entrance_ids: [], device_ids: [CASA_DO_MONTE.gateId] };
  const far = { starts_at: inHours(48), ends_at: inHours(72) };
  const near = await grantRoom(workspace.seam, { ...doors, access_grant_key: key('near') });
  await grantRoom(workspace.seam, { ...doors, access_grant_key: key('far'), ...far });
  await grantRoom(workspace.seam, { ...doors, access_grant_key: 'elsewhere:pms:near#a.1' });
  const asked: string[] = [];
  const counting: HousePort = { ...house, grantsAt: (place, signal) => (asked.push(JSON.stringify(place)), house.grantsAt(place, signal)) };
  const of = (type: string): number => heard.filter((line) => line.startsWith(type)).length;
  const look = async (readiness: string, change: () => void): Promise<void> => {
    stay({ workflowId: 'latchkey:pms:near', readiness, accessGrantIds: [near.access_grant_id] });
    change();
    await run(catchUp);
  };
  const catchUp = catchUpWith({ house: counting });
  const { knobs } = workspace.simulator;
  await look('at_risk', () => knobs.set({ offlineDoors: [CASA_DO_MONTE.gateId] }));
  assert.deepEqual([of('device.disconnected'), asked.length], [0, 1]);
  await look('at_risk', () => knobs.set({ offlineDoors: [] }));
  assert.deepEqual([of('device.connected'), asked.length], [1, 2]);
  await run(catchUp);
  assert.deepEqual([of('device.connected'), asked.length], [1, 2]);
  await look('ready', () => knobs.set({ ailments: { [CASA_DO_MONTE.gateId]: 'low_battery' } }));
  assert.equal(of('device.low_battery'), 1);
  knobs.set({ ailments: {} });
});

test('word of a door, of a system and of a space reaches the stays whose codes and credentials open it, by those alone', async () => {
  const { seam, simulator } = workspace;
  const times = { starts_at: inHours(0), ends_at: inHours(24) };
  const { keypadId, gateId, spaceId } = CASA_DO_MONTE;
  const code = await seam.accessCodes.create({ device_id: keypadId, name: 'latchkey:pms:villa#a.1', ...times });
  await seam.accessCodes.create({ device_id: keypadId, name: 'cleaner', ...times });
  const { user_identity_id } = await seam.userIdentities.create({ user_identity_key: 'latchkey:pms:tower#g', full_name: 'Ada Lovelace' });
  const system = { acs_system_id: HARBOUR_HOUSE.systemId };
  const { acs_user_id } = await seam.acs.users.create({ ...system, user_identity_id, full_name: 'Ada Lovelace' });
  const allowed_acs_entrance_ids = [HARBOUR_HOUSE.roomDoorIds['103']];
  const credential = await seam.acs.credentials.create({ acs_user_id, access_method: 'code', allowed_acs_entrance_ids, ...times });
  const handles = { villa: `access_codes:${code.access_code_id}`, tower: `acs:${credential.acs_credential_id}` };
  const at = async (place: DoorPlace) => (await house.grantsAt(place, new AbortController().signal)).map((one) => one.accessGrantId);
  assert.ok((await at({ device_id: keypadId })).includes(handles.villa));
  assert.deepEqual(await at({ acs_entrance_id: HARBOUR_HOUSE.roomDoorIds['103'] }), [handles.tower]);
  assert.ok((await at(system)).includes(handles.tower));
  assert.ok((await at({ space_id: spaceId })).includes(handles.villa));
  const suite = await seam.spaces.create({ name: 'Suite', acs_entrance_ids: allowed_acs_entrance_ids });
  assert.deepEqual(await at({ space_id: suite.space_id }), [handles.tower]);
  for (const id of ['villa', 'tower'] as const)
    stay({ workflowId: `latchkey:pms:${id}`, readiness: 'ready', accessGrantIds: [handles[id]] });
  const told: string[] = [];
  const hear = async (body: unknown) => {
    const { event_type, device_id, acs_system_id, space_id } = body as Record<string, string | undefined>;
    return told.push(`${event_type} ${device_id ?? acs_system_id ?? space_id}`);
  };
  simulator.knobs.set({ ailments: { [keypadId]: 'low_battery', [HARBOUR_HOUSE.systemId]: 'acs_system_disconnected' } });
  await seam.spaces.update({ space_id: spaceId, device_ids: [keypadId] });
  await run(catchUpWith({ stays: { hear, hint: async () => true } }));
  for (const line of [
    `device.low_battery ${keypadId}`,
    `acs_system.disconnected ${HARBOUR_HOUSE.systemId}`,
    `space.device_membership_changed ${spaceId}`,
  ])
    assert.ok(told.includes(line), line);
  simulator.knobs.set({ ailments: {} });
  await seam.spaces.update({ space_id: spaceId, device_ids: [keypadId, gateId] });
});
