import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CASA_DO_MONTE, HARBOUR_HOUSE } from '../../simulator/example-estate.ts';
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
  await seam.userIdentities.generateInstantKey({ user_identity_id });
  const grant = await seam.accessGrants.create({
    user_identity_id,
    access_grant_key: 'g-1',
    name: 'Room 101',
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
