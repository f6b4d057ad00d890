/** What the HTTP server asks Seam of things that bear no grant's key, over the simulator. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { credentialSecrets } from '../../client/credential-secret.ts';
import { grantKeys, holdersOfCode } from '../../client/grant-keys.ts';
import { CASA_DO_MONTE, HARBOUR_HOUSE } from '../../simulator/example-estate.ts';
import { inHours, openSeamWorkspace, ROOM_101, type SeamWorkspace } from '../support/seam-workspace.ts';
import { until } from '../support/until.ts';

const KEY = 'latchkey:pms:R1#guest';
const NAME = 'latchkey:pms:R1#room.1';
const NOBODY = '11111111-1111-4111-8111-111111111111';
const times = { starts_at: inHours(0), ends_at: inHours(24) };
let workspace: SeamWorkspace;
let credentialId = '';
let userId = '';
let codeId = '';
before(async () => {
  workspace = await openSeamWorkspace({ settings: { issuanceDelayMs: 0 } });
  const { seam } = workspace;
  const { user_identity_id } = await seam.userIdentities.create({ user_identity_key: KEY, full_name: 'Ada Lovelace' });
  const person = { acs_system_id: HARBOUR_HOUSE.systemId, full_name: 'Ada Lovelace', user_identity_id };
  userId = (await seam.acs.users.create(person)).acs_user_id;
  const wanted = { acs_user_id: userId, access_method: 'code' as const, allowed_acs_entrance_ids: [ROOM_101], ...times };
  credentialId = (await seam.acs.credentials.create(wanted)).acs_credential_id;
  codeId = (await seam.accessCodes.create({ device_id: CASA_DO_MONTE.keypadId, name: NAME, ...times })).access_code_id;
});
after(() => workspace[Symbol.asyncDispose]());
const connection = () => ({ apiKey: workspace.apiKey, endpoint: workspace.simulator.url });

test('a credential, its user and a code lead to their stay; what is gone, or is not known, leads nowhere and breaks nothing', async () => {
  const keyOf = grantKeys(connection());
  assert.equal(await keyOf({ kind: 'acs_credential_id', id: credentialId }), KEY);
  assert.equal(await keyOf({ kind: 'acs_user_id', id: userId }), KEY);
  assert.equal(await keyOf({ kind: 'access_code_id', id: codeId }), NAME);
  for (const kind of ['acs_credential_id', 'acs_user_id', 'access_code_id', 'access_grant_id'] as const)
    assert.equal(await keyOf({ kind, id: NOBODY }), null);
  assert.equal(await grantKeys({ ...connection(), apiKey: 'seam_test_other' })({ kind: 'access_code_id', id: codeId }), null);
  assert.deepEqual(await holdersOfCode(connection())(codeId), [{ accessGrantId: `access_codes:${codeId}`, grantKey: NAME }]);
});

test('a code is revealed from where it was made, once it works', async () => {
  const reveal = credentialSecrets(connection());
  assert.match((await until('issued', () => reveal(credentialId))) ?? '', /^\d{6}$/);
  assert.match((await until('set', () => reveal(codeId))) ?? '', /^\d{6}$/);
  assert.equal(await reveal(NOBODY), null);
});
