import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CASA_DO_MONTE, EXAMPLE_ESTATE, HARBOUR_HOUSE } from '../../simulator/example-estate.ts';
import { wrongWithAnswer, wrongWithEvent } from '../contract/seam-contract.ts';
import { inHours, openSeamWorkspace } from '../support/seam-workspace.ts';
import { until } from '../support/until.ts';

const ROOM = HARBOUR_HOUSE.roomDoorIds['101'];

test('the check itself refuses an answer that is not as described', () => {
  assert.notDeepEqual(wrongWithAnswer('/access_grants/get', { ok: true, access_grant: { access_grant_id: 'no uuid' } }), []);
  assert.notDeepEqual(wrongWithEvent({ event_type: 'access_method.issued' }), []);
});

test('every route answers the published client as the OpenAPI document says', async () => {
  await using workspace = await openSeamWorkspace({ settings: { issuanceDelayMs: 1 } });
  const { seam, answered } = workspace;
  const { user_identity_id } = await seam.userIdentities.create({
    user_identity_key: 'r-1',
    full_name: 'Ada Lovelace',
    email_address: 'ada@example.com',
  });
  await seam.userIdentities.get({ user_identity_key: 'r-1' });
  await seam.userIdentities.list({ search: 'Ada' });
  await seam.userIdentities.update({ user_identity_id, full_name: 'Ada King' });
  await seam.userIdentities.generateInstantKey({ user_identity_id, customization_profile_id: '3f0c7d4e-5b6a-4c1d-9e8f-7a6b5c4d3e2f' });
  const grant = await seam.accessGrants.create({
    user_identity_id,
    access_grant_key: 'g-1',
    name: 'Room 101',
    customization_profile_id: '3f0c7d4e-5b6a-4c1d-9e8f-7a6b5c4d3e2f',
    acs_entrance_ids: [ROOM],
    device_ids: [CASA_DO_MONTE.keypadId],
    space_ids: [CASA_DO_MONTE.spaceId],
    requested_access_methods: [{ mode: 'code', code: '4711' }, { mode: 'card' }, { mode: 'mobile_key', instant_key_max_use_count: 2 }],
    ends_at: inHours(24),
  });
  const { access_grant_id } = grant;
  await seam.accessGrants.requestAccessMethods({ access_grant_id, requested_access_methods: [{ mode: 'cloud_key' }] });
  const methods = await until('all methods have left the pending state', async () => {
    const all = await seam.accessMethods.list({ access_grant_id });
    return all.length === 4 && all.every((method) => method.is_issued || method.is_ready_for_encoding) && all;
  });
  const idOf = (mode: string): string => methods.find((method) => method.mode === mode)?.access_method_id ?? '';
  await seam.accessMethods.get({ access_method_id: idOf('code') });
  await seam.accessMethods.getRelated({ access_method_ids: methods.map((method) => method.access_method_id) });
  const [encoder] = await seam.acs.encoders.list();
  const encoding = await seam.accessMethods.encode({ access_method_id: idOf('card'), acs_encoder_id: encoder?.acs_encoder_id ?? '' });
  await until('the card is encoded', async () => (await seam.actionAttempts.get(encoding)).status === 'success');
  const scan = await seam.acs.encoders.scanCredential({ acs_encoder_id: encoder?.acs_encoder_id ?? '' });
  await until('the card is read', async () => (await seam.actionAttempts.get(scan)).status === 'success');
  const { access_method_id } = await seam.accessMethods.get({ access_method_id: idOf('card') });
  await seam.accessMethods.delete({ access_method_id });
  await seam.accessMethods.unlockDoor({ access_method_id: idOf('cloud_key'), acs_entrance_id: ROOM });
  const unlock = await seam.locks.unlockDoor({ device_id: CASA_DO_MONTE.keypadId });
  await until('the door is unlocked', async () => (await seam.actionAttempts.get(unlock)).status === 'success');
  await seam.actionAttempts.list({ device_id: CASA_DO_MONTE.keypadId });
  await seam.accessGrants.update({ access_grant_id, starts_at: inHours(1), ends_at: inHours(48) });
  await seam.accessGrants.get({ access_grant_key: 'g-1' });
  await seam.accessGrants.list({ access_grant_ids: [access_grant_id] });
  await seam.accessGrants.getRelated({ access_grant_ids: [access_grant_id] });
  const [session] = await seam.clientSessions.list({ user_identity_id });
  await seam.clientSessions.getOrCreate({ user_identity_id });
  await seam.clientSessions.get({ client_session_id: session?.client_session_id ?? '' });
  await seam.clientSessions.delete({ client_session_id: session?.client_session_id ?? '' });
  const [key] = await seam.instantKeys.list({ user_identity_id });
  await seam.instantKeys.get({ instant_key_id: key?.instant_key_id ?? '' });
  await seam.instantKeys.delete({ instant_key_id: key?.instant_key_id ?? '' });
  const webhook = await seam.webhooks.create({ url: 'http://127.0.0.1:9/hook', event_types: ['access_method.issued'] });
  await seam.webhooks.get(webhook);
  await seam.webhooks.list();
  await seam.webhooks.delete(webhook);
  await seam.acs.entrances.list({ acs_system_id: HARBOUR_HOUSE.systemId });
  await seam.acs.entrances.get({ acs_entrance_id: ROOM });
  await seam.acs.systems.list();
  await seam.acs.systems.get({ acs_system_id: HARBOUR_HOUSE.systemId });
  await seam.acs.encoders.get({ acs_encoder_id: HARBOUR_HOUSE.encoderId });
  await seam.devices.list();
  await seam.devices.get({ device_id: CASA_DO_MONTE.keypadId });
  await seam.locks.list();
  await seam.locks.get({ device_id: CASA_DO_MONTE.keypadId });
  await seam.spaces.list();
  await seam.spaces.get({ space_key: CASA_DO_MONTE.spaceKey });
  await seam.spaces.getRelated({ space_ids: [CASA_DO_MONTE.spaceId] });
  await seam.workspaces.get();
  const events = await seam.events.list({ since: inHours(-1) });
  for (const event of events) assert.deepEqual(wrongWithEvent(event), [], JSON.stringify(event));
  await seam.events.get({ event_id: events[0]?.event_id ?? '' });
  await seam.accessGrants.delete({ access_grant_id });
  await seam.userIdentities.delete({ user_identity_id });
  assert.ok(answered.size >= 46, `${answered.size} routes`);
});

test('every route of the low-level APIs and of the set-up answers the published client as the OpenAPI document says', async () => {
  const groupId = '5d7c1a90-3f42-4b18-9c6e-0a1b2c3d4f01';
  const pooled = EXAMPLE_ESTATE.devices.map((device) => ({ ...device, hasBackupPool: true }));
  const group = { acsAccessGroupId: groupId, acsSystemId: HARBOUR_HOUSE.systemId, name: 'Guests' };
  const estate = { ...EXAMPLE_ESTATE, devices: pooled, accessGroups: [group] };
  await using workspace = await openSeamWorkspace({ estate, settings: { issuanceDelayMs: 1 } });
  const { seam, simulator, answered } = workspace;
  const { user_identity_id } = await seam.userIdentities.create({ user_identity_key: 'r-2', full_name: 'Ada Lovelace' });
  const { acs_user_id } = await seam.acs.users.create({
    acs_system_id: HARBOUR_HOUSE.systemId,
    full_name: 'Ada Lovelace',
    user_identity_id,
  });
  await seam.acs.users.update({ acs_user_id, access_schedule: { starts_at: inHours(0), ends_at: inHours(24) } });
  await seam.acs.users.addToAccessGroup({ acs_user_id, acs_access_group_id: groupId });
  await seam.acs.accessGroups.list({ acs_user_id });
  await seam.acs.users.get({ acs_user_id });
  await seam.acs.users.list({ user_identity_id });
  await seam.userIdentities.get({ user_identity_id });
  const times = { starts_at: inHours(0), ends_at: inHours(24) };
  const wanted = { acs_user_id, allowed_acs_entrance_ids: [ROOM], ...times };
  const { acs_credential_id } = await seam.acs.credentials.create({ ...wanted, access_method: 'code' });
  const card = await seam.acs.credentials.create({ ...wanted, access_method: 'card' });
  await until('the code is issued', async () => (await seam.acs.credentials.get({ acs_credential_id })).is_issued);
  const key = await seam.acs.credentials.create({ ...wanted, access_method: 'cloud_key' });
  await until('the key is issued', async () => (await seam.acs.credentials.get({ acs_credential_id: key.acs_credential_id })).is_issued);
  await seam.acs.entrances.unlock({ acs_credential_id: key.acs_credential_id, acs_entrance_id: ROOM });
  const encoding = await seam.acs.encoders.encodeCredential({
    acs_credential_id: card.acs_credential_id,
    acs_encoder_id: HARBOUR_HOUSE.encoderId,
  });
  await until('the card is encoded', async () => (await seam.actionAttempts.get(encoding)).status === 'success');
  await seam.acs.credentials.update({ acs_credential_id: card.acs_credential_id, ends_at: inHours(30) });
  await seam.acs.credentials.list({ user_identity_id });
  await seam.acs.credentials.listAccessibleEntrances({ acs_credential_id });
  await seam.acs.users.listAccessibleEntrances({ acs_user_id });
  await seam.accessCodes.unmanaged.list({ device_id: CASA_DO_MONTE.keypadId });
  await seam.acs.entrances.listCredentialsWithAccess({ acs_entrance_id: ROOM });
  await seam.acs.credentials.unassign({ acs_credential_id, acs_user_id });
  await seam.acs.credentials.assign({ acs_credential_id, acs_user_id });
  await seam.acs.credentials.delete({ acs_credential_id });
  await seam.acs.users.delete({ acs_user_id });
  const asked = { device_id: CASA_DO_MONTE.keypadId, name: 'c-1', common_code_key: 'c-1', use_backup_access_code_pool: true, ...times };
  const { access_code_id } = await seam.accessCodes.create(asked);
  await until('the code is set', async () => (await seam.accessCodes.get({ access_code_id })).status === 'set');
  await seam.accessCodes.update({ access_code_id, ends_at: inHours(30) });
  await seam.accessCodes.pullBackupAccessCode({ access_code_id });
  await seam.accessCodes.list({ access_code_ids: [access_code_id] });
  simulator.knobs.set({ locksFail: true });
  const { access_code_id: refused } = await seam.accessCodes.create({ device_id: CASA_DO_MONTE.gateId, ...times });
  await until('the lock refuses', async () => (await seam.accessCodes.get({ access_code_id: refused })).errors.length > 0);
  await seam.accessCodes.delete({ access_code_id });
  const { connect_webview_id } = await seam.connectWebviews.create({ provider_category: 'stable' });
  await seam.connectWebviews.get({ connect_webview_id });
  await seam.connectWebviews.list();
  const { space_id } = await seam.spaces.create({ name: 'Annex', space_key: 'annex', acs_entrance_ids: [ROOM] });
  await seam.spaces.update({ space_id, name: 'The annex', device_ids: [CASA_DO_MONTE.gateId] });
  await seam.spaces.addAcsEntrances({ space_id, acs_entrance_ids: [HARBOUR_HOUSE.streetDoorId] });
  await seam.spaces.removeAcsEntrances({ space_id, acs_entrance_ids: [HARBOUR_HOUSE.streetDoorId] });
  await seam.spaces.addDevices({ space_id, device_ids: [CASA_DO_MONTE.keypadId] });
  await seam.spaces.removeDevices({ space_id, device_ids: [CASA_DO_MONTE.keypadId] });
  for (const event of await seam.events.list({ since: inHours(-1) })) assert.deepEqual(wrongWithEvent(event), [], JSON.stringify(event));
  assert.ok(answered.size >= 34, `${answered.size} routes`);
});
