import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type SeamHttp, SeamHttpApiError } from '@seamapi/http';
import { CASA_DO_MONTE, HARBOUR_HOUSE } from '../../simulator/example-estate.ts';
import { wrongWithEvent } from '../contract/seam-contract.ts';
import { inHours, openSeamWorkspace } from '../support/seam-workspace.ts';
import { until } from '../support/until.ts';

const ROOM = HARBOUR_HOUSE.roomDoorIds['102'];

async function grantRoom(seam: SeamHttp, doors: object = { acs_entrance_ids: [ROOM] }) {
  const { user_identity_id } = await seam.userIdentities.create({ full_name: 'Ada Lovelace' });
  const { access_grant_id, access_method_ids } = await seam.accessGrants.create({
    user_identity_id,
    ...doors,
    requested_access_methods: [{ mode: 'code' }],
  });
  return { grant: { access_grant_id }, method: { access_method_id: access_method_ids[0] ?? '' } };
}

const statusOf = (error: unknown): number | null => (error instanceof SeamHttpApiError ? error.statusCode : null);

test('a held or offline door issues nothing until it may, and the grant says which is missing', async () => {
  await using workspace = await openSeamWorkspace({ settings: { holdIssuance: true } });
  const { seam, simulator } = workspace;
  const { grant } = await grantRoom(seam);
  const atVilla = await grantRoom(seam, { device_ids: [CASA_DO_MONTE.keypadId] });
  const ids = [grant, atVilla.grant].map(({ access_grant_id }) => access_grant_id);
  const issued = async () =>
    (await Promise.all(ids.map((access_grant_id) => seam.accessMethods.list({ access_grant_id }))))
      .flat()
      .filter((method) => method.is_issued).length;
  simulator.knobs.set({ offlineDoors: [CASA_DO_MONTE.keypadId], holdIssuance: false });
  await until('the reachable door is issued', async () => (await issued()) === 1);
  assert.equal((await seam.devices.get({ device_id: CASA_DO_MONTE.keypadId })).properties.online, false);
  const { warnings } = await seam.accessGrants.get(atVilla.grant);
  assert.deepEqual(
    warnings.map((warning) => warning.warning_code),
    ['underprovisioned_access'],
  );
  assert.deepEqual((await seam.accessGrants.get(grant)).warnings, []);
  simulator.knobs.set({ offlineDoors: [] });
  await until('both are issued', async () => (await issued()) === 2);
  const connections = await seam.events.list({ since: inHours(-1), event_types: ['device.connected', 'device.disconnected'] });
  assert.deepEqual(
    connections.map((event) => event.event_type),
    ['device.disconnected', 'device.connected'],
  );
});

test('a credential that is not issued when access begins is reported as failed, and clears once it is issued', async () => {
  await using workspace = await openSeamWorkspace({ settings: { holdIssuance: true, failureGraceMs: 0 } });
  const { seam, simulator } = workspace;
  const { method } = await grantRoom(seam);
  const errors = async () => (await seam.accessMethods.get(method)).errors.map((error) => error.error_code);
  assert.deepEqual(await until('it has failed', async () => (await errors()).length > 0 && errors()), ['failed_to_issue']);
  assert.equal((await seam.events.list({ since: inHours(-1), event_type: 'access_method.failed_to_issue' })).length, 1);
  simulator.knobs.set({ holdIssuance: false });
  await until('it is issued', async () => (await seam.accessMethods.get(method)).is_issued);
  assert.deepEqual(await errors(), []);
});

test('calls are refused as often as told, with Retry-After, and then work', async () => {
  await using workspace = await openSeamWorkspace();
  const { seam, simulator } = workspace;
  simulator.knobs.fault({ kind: 'refuse', path: '/user_identities/*', times: 2, status: 429, type: 'rate_limited', retryAfter: 7 });
  const response = await fetch(`${simulator.url}/user_identities/list`, { headers: { authorization: `Bearer ${workspace.apiKey}` } });
  assert.deepEqual([response.status, response.headers.get('retry-after')], [429, '7']);
  await assert.rejects(
    async () => seam.userIdentities.list(),
    (error) => statusOf(error) === 429,
  );
  assert.deepEqual(await seam.userIdentities.list(), []);
  simulator.knobs.fault({ kind: 'refuse', path: '/user_identities/list', status: 502 });
  await assert.rejects(async () => seam.userIdentities.list(), { name: 'AxiosError' }, 'no JSON: as from a proxy');
});

test('a lost answer has happened, a cut one has not', async () => {
  await using workspace = await openSeamWorkspace();
  const { seam, simulator } = workspace;
  simulator.knobs.fault({ kind: 'lose', path: '/user_identities/create' });
  await assert.rejects(async () => seam.userIdentities.create({ user_identity_key: 'lost' }));
  simulator.knobs.fault({ kind: 'cut', path: '/user_identities/create' });
  await assert.rejects(async () => seam.userIdentities.create({ user_identity_key: 'cut' }));
  assert.deepEqual(
    (await seam.userIdentities.list()).map((identity) => identity.user_identity_key),
    ['lost'],
  );
});

test('a delete may take its time, or not take at all', async () => {
  await using workspace = await openSeamWorkspace({ settings: { deleteDelayMs: 40 } });
  const { seam, simulator } = workspace;
  const slow = await grantRoom(seam);
  await seam.accessGrants.delete(slow.grant);
  assert.deepEqual(
    (await seam.accessGrants.get(slow.grant)).warnings.map((warning) => warning.warning_code),
    ['being_deleted'],
  );
  await until('deleted', async () => (await seam.accessGrants.list()).length === 0);
  simulator.knobs.set({ deleteDelayMs: 0, deletesDoNotTake: true });
  const { grant, method } = await grantRoom(seam);
  await seam.accessGrants.delete(grant);
  await seam.accessMethods.delete(method);
  await seam.accessMethods.get(method);
  simulator.knobs.set({ deletesDoNotTake: false });
  await seam.accessMethods.delete(method);
  await assert.rejects(
    async () => seam.accessMethods.get(method),
    (error) => statusOf(error) === 404,
  );
});

test('a backup code is another code, marked as such, and told by an event', async () => {
  await using workspace = await openSeamWorkspace();
  const { seam, simulator } = workspace;
  const { method } = await grantRoom(seam);
  const first = await until('issued', async () => (await seam.accessMethods.get(method)).code);
  simulator.knobs.pullBackupCode(method.access_method_id);
  const now = await seam.accessMethods.get(method);
  assert.ok(now.code !== first && now.is_issued && now.warnings[0]?.warning_code === 'pulled_backup_access_code');
  const [event] = await seam.events.list({ since: inHours(-1), event_type: 'access_method.reissued' });
  assert.ok(event?.event_type === 'access_method.reissued' && event.is_backup_code && event.code === now.code);
});

test('a person turns the knobs over HTTP, with the API key only, and no fault locks them out', async () => {
  await using workspace = await openSeamWorkspace();
  const { simulator, apiKey } = workspace;
  const turn = async (body: object, key = apiKey) =>
    fetch(`${simulator.url}/simulator/knobs`, { method: 'POST', headers: { authorization: `Bearer ${key}` }, body: JSON.stringify(body) });
  assert.equal((await turn({ issuanceDelayMs: 1 }, 'another')).status, 401);
  assert.equal((await turn({ issuanceDelay: 1 })).status, 400, 'an unknown knob is named');
  assert.equal((await turn({ issuanceDelayMs: 9000, faults: [{ kind: 'refuse', status: 500 }] })).status, 200);
  assert.equal(simulator.knobs.settings().issuanceDelayMs, 9000);
  const answer = await (await turn({ clearFaults: true })).json();
  assert.deepEqual(answer, { ok: true, settings: simulator.knobs.settings(), faults: [] });
});

test('sick doors and systems, other doors of a space and codes that are taken read and tell as the OpenAPI document says', async () => {
  await using workspace = await openSeamWorkspace();
  const { seam, simulator } = workspace;
  const villa = { space_ids: [CASA_DO_MONTE.spaceId] };
  simulator.knobs.set({ refuseCodes: true });
  const { user_identity_id } = await seam.userIdentities.create({ full_name: 'Ada Lovelace' });
  const { access_grant_id } = await seam.accessGrants.create({
    user_identity_id,
    ...villa,
    requested_access_methods: [{ mode: 'code', code: '47110815' }],
  });
  const taken = await until('another code', async () => {
    const { warnings } = await seam.accessGrants.get({ access_grant_id });
    return warnings.length > 0 && warnings;
  });
  assert.deepEqual([...new Set(taken.map((warning) => warning.warning_code))], ['requested_code_unavailable']);
  for (const ailment of [
    'low_battery',
    'account_disconnected',
    'device_has_flaky_connection',
    'time_zone_mismatch',
    'max_access_codes_reached',
  ] as const) {
    simulator.knobs.set({
      ailments: { [CASA_DO_MONTE.gateId]: ailment, [ROOM]: 'entrance_setup_required', [HARBOUR_HOUSE.systemId]: 'acs_system_disconnected' },
    });
    await seam.devices.list();
    await seam.acs.entrances.get({ acs_entrance_id: ROOM });
    await seam.acs.systems.list();
  }
  simulator.knobs.set({ ailments: {} });
  simulator.knobs.rearrange({ spaceId: CASA_DO_MONTE.spaceId, entranceIds: [ROOM], deviceIds: [] });
  const { devices, acs_entrances } = await seam.accessGrants.getRelated({ access_grant_ids: [access_grant_id] });
  assert.deepEqual([devices?.length, acs_entrances?.map((entrance) => entrance.acs_entrance_id)], [0, [ROOM]]);
  const events = await seam.events.list({ since: inHours(-1) });
  const types = events.map((event) => event.event_type);
  for (const type of [
    'device.low_battery',
    'device.connection_stabilized',
    'acs_system.disconnected',
    'space.device_membership_changed',
  ] as const)
    assert.ok(types.includes(type), type);
  for (const event of events) assert.deepEqual(wrongWithEvent(event), [], JSON.stringify(event));
});
