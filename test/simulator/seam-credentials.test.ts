import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HARBOUR_HOUSE } from '../../simulator/example-estate.ts';
import { grantRoom, inHours, openSeamWorkspace, typesOf } from '../support/seam-workspace.ts';
import { until } from '../support/until.ts';

test('a code is issued later, with six digits, and each step is an event', async () => {
  await using workspace = await openSeamWorkspace({ settings: { holdIssuance: true } });
  const { seam, simulator } = workspace;
  const { access_grant_id } = await grantRoom(seam, { access_grant_key: 'g-1' });
  const [fresh] = await seam.accessMethods.list({ access_grant_id });
  assert.deepEqual([fresh?.is_issued, fresh?.code], [false, null]);
  simulator.knobs.set({ holdIssuance: false });
  const issued = await until('the code is issued', async () =>
    (await seam.accessMethods.list({ access_grant_id })).find((method) => method.is_issued),
  );
  assert.match(issued.code ?? '', /^\d{6}$/);
  assert.deepEqual(await typesOf(seam, access_grant_id), [
    'access_grant.created',
    'access_method.created',
    'access_method.issued',
    'access_grant.access_granted_to_door',
    'access_grant.access_granted_to_all_doors',
  ]);
  const [event] = await seam.events.list({ since: inHours(-1), event_type: 'access_method.issued' });
  assert.ok(event?.event_type === 'access_method.issued' && event.code === issued.code && event.access_grant_keys?.includes('g-1'));
});

test('new times revoke and then reissue the same code', async () => {
  await using workspace = await openSeamWorkspace();
  const { seam } = workspace;
  const { access_grant_id } = await grantRoom(seam, { ends_at: inHours(24) });
  const read = async (issued: boolean) =>
    (await seam.accessMethods.list({ access_grant_id })).find((method) => method.is_issued === issued);
  const before = await until('issued', () => read(true));
  workspace.simulator.knobs.set({ holdIssuance: true });
  await seam.accessGrants.update({ access_grant_id, ends_at: inHours(48) });
  const between = await read(false);
  assert.deepEqual(
    between?.warnings.map((warning) => warning.warning_code),
    ['updating_access_times'],
  );
  workspace.simulator.knobs.set({ holdIssuance: false });
  assert.equal((await until('reissued', () => read(true))).code, before.code);
  const changes = (await typesOf(seam, access_grant_id)).filter((type) => /revoked|reissued|times/.test(type));
  assert.deepEqual(changes, ['access_grant.access_times_changed', 'access_method.revoked', 'access_method.reissued']);
  await seam.accessGrants.update({ access_grant_id, name: 'only a name' });
  assert.ok(await read(true), 'a name alone revokes nothing');
});

test('the grant itself shows an Instant Key only where there is one mobile key', async () => {
  await using workspace = await openSeamWorkspace();
  const { seam } = workspace;
  const one = await grantRoom(seam, { requested_access_methods: [{ mode: 'mobile_key' }, { mode: 'code' }] });
  const two = await grantRoom(seam, { requested_access_methods: [{ mode: 'mobile_key' }, { mode: 'mobile_key' }] });
  const none = await grantRoom(seam);
  assert.match(one.instant_key_url ?? '', /^https:\/\/ik\.seam\.co\//);
  assert.deepEqual([two.instant_key_url, none.instant_key_url], [undefined, undefined]);
  const { instant_keys } = await seam.accessMethods.getRelated({ access_method_ids: one.access_method_ids, include: ['instant_keys'] });
  assert.equal(instant_keys?.[0]?.instant_key_url, one.instant_key_url);
});

test('a card waits until somebody encodes it, and again after its times have changed', async () => {
  await using workspace = await openSeamWorkspace();
  const { seam } = workspace;
  const { access_grant_id } = await grantRoom(seam, { requested_access_methods: [{ mode: 'card' }], ends_at: inHours(24) });
  const card = async () => (await seam.accessMethods.list({ access_grant_id }))[0];
  const waiting = await until('ready', async () => ((await card())?.is_ready_for_encoding ? card() : null));
  assert.equal(waiting.is_issued, false);
  const request = { access_method_id: waiting.access_method_id, acs_encoder_id: HARBOUR_HOUSE.encoderId };
  workspace.simulator.knobs.set({ encodingError: 'encoder_not_online' });
  const failed = await seam.accessMethods.encode(request);
  await until('refused', async () => (await seam.actionAttempts.get(failed)).error?.type === 'encoder_not_online');
  workspace.simulator.knobs.set({ encodingError: null });
  await seam.accessMethods.encode(request);
  await until('encoded', async () => (await card())?.is_issued);
  await seam.accessGrants.update({ access_grant_id, ends_at: inHours(30) });
  await until('to be encoded again', async () => (await card())?.is_ready_for_encoding);
});
