/** Cards that an access system has already, given to guests and taken back, over the simulator. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSeamErrands } from '../../activities/adapters/seam/errands.ts';
import { createAcsAdapter } from '../../activities/adapters/seam-acs/adapter.ts';
import { HARBOUR_HOUSE } from '../../simulator/example-estate.ts';
import type { LowLevelAccess } from '../../workflows/domain/low-level.ts';
import { calm, fingerprints, grantRequest } from '../support/seam-fixture.ts';
import { inHours, openSeamWorkspace } from '../support/seam-workspace.ts';
import { until } from '../support/until.ts';

const SYSTEM = HARBOUR_HOUSE.systemId;
const [ROOM, OTHER] = [HARBOUR_HOUSE.roomDoorIds['101'], HARBOUR_HOUSE.roomDoorIds['102']];
const acs = { systemId: SYSTEM, credentialManagerSystemId: null, accessGroups: [], multiPhoneSync: false };

async function open() {
  const workspace = await openSeamWorkspace({ settings: { issuanceDelayMs: 0, cardsBy: 'assignment' } });
  const { simulator, seam, apiKey } = workspace;
  const toSeam = { apiKey, endpoint: simulator.url };
  const adapter = createAcsAdapter({ ...toSeam, fingerprints, codes: { choose: () => null } });
  const { acs_user_id } = await seam.acs.users.create({ acs_system_id: SYSTEM, full_name: 'Desk' });
  /** A card of the house that is nobody's, or the desk's. */
  const pooled = async (entranceId: string, change: { starts_at?: string; isFree?: boolean } = {}) => {
    const wanted = { acs_user_id, access_method: 'card' as const, allowed_acs_entrance_ids: [entranceId] };
    const { acs_credential_id } = await seam.acs.credentials.create({ ...wanted, starts_at: change.starts_at ?? inHours(-100) });
    await seam.acs.encoders.encodeCredential({ acs_credential_id, acs_encoder_id: HARBOUR_HOUSE.encoderId });
    const card = await until('a number', async () => {
      const now = await seam.acs.credentials.get({ acs_credential_id });
      return typeof now.card_number === 'string' && now;
    });
    if (change.isFree !== false) await seam.acs.credentials.unassign({ acs_credential_id, acs_user_id });
    return { id: acs_credential_id, number: String(card.card_number) };
  };
  return {
    adapter,
    errands: createSeamErrands(toSeam),
    seam,
    pooled,
    simulator,
    [Symbol.asyncDispose]: () => workspace[Symbol.asyncDispose](),
  };
}

const doors = { entrances: [ROOM], devices: [], spaces: [], spaceKeys: [] };
const request = grantRequest({ grantKey: 'g1', userIdentityKey: 'latchkey:pms:R1#guest', doors, modes: ['card'] });
const by = { provider: 'acs', acs } as const;
const { userIdentityKey, modes, window } = request;
const access: LowLevelAccess = { by, userIdentityKey, doors, modes, asked: window, known: [], others: [], span: window, isLast: true };

test('a card of the house becomes the guest’s by its number, if it is free and opens just the room; at the end it is given back, not deleted', async () => {
  await using house = await open();
  const fresh = await house.adapter.grant({ ...request, lowLevel: access }, calm);
  const accessMethodId = fresh.methods[0]?.accessMethodId ?? '';
  assert.equal(fresh.methods[0]?.state, 'encoding_required');
  const waiting = { ...access, known: [accessMethodId] };
  const assign = (cardNumber: string) =>
    house.errands.send({ deed: { kind: 'assign', accessMethodId, cardNumber }, provider: 'acs', lowLevel: waiting }, calm);
  const unfit = {
    credential_not_found: '0',
    card_in_use: (await house.pooled(ROOM, { isFree: false })).number,
    card_opens_other_doors: (await house.pooled(OTHER)).number,
    card_starts_later: (await house.pooled(ROOM, { starts_at: inHours(48) })).number,
  };
  for (const [code, number] of Object.entries(unfit))
    assert.deepEqual(await assign(number), { actionAttemptId: null, state: 'failed', code });
  const [guest] = await house.seam.acs.users.list({ acs_system_id: SYSTEM, search: 'Ada' });
  const held = async () =>
    (await house.seam.acs.credentials.list({ acs_user_id: guest?.acs_user_id ?? '' })).map((one) => one.acs_credential_id);
  assert.deepEqual(await held(), [accessMethodId], 'no refused card stays with the guest');

  const card = await house.pooled(ROOM);
  house.simulator.knobs.fault({ kind: 'lose', path: '/acs/credentials/update' });
  await assert.rejects(assign(card.number));
  house.simulator.knobs.clearFaults();
  assert.deepEqual(await assign(card.number), { actionAttemptId: card.id, state: 'confirmed', code: null, lent: card.id });
  assert.deepEqual(await held(), [card.id], 'the credential that waited for a card is gone');
  const lent = { ...access, known: [card.id], lent: [card.id] };
  const { methods, window: shown } = await house.adapter.read({ ...request, lowLevel: lent, fingerprintKeyId: null }, calm);
  assert.deepEqual([methods[0]?.state, methods[0]?.doors, shown], ['issued', [ROOM], window]);

  const revocation = { ...request, lowLevel: lent, accessGrantId: null, accessMethodIds: [] };
  assert.deepEqual(await house.adapter.revoke(revocation, calm), { gone: true });
  assert.equal((await house.seam.acs.credentials.get({ acs_credential_id: card.id })).acs_user_id, undefined);
  assert.deepEqual(await house.seam.acs.credentials.listAccessibleEntrances({ acs_credential_id: card.id }), []);
  assert.deepEqual(await house.seam.acs.users.list({ acs_system_id: SYSTEM, search: 'Ada' }), []);
});

test('a card whose assignment was never answered is given back as well, for it is not known to be ours', async () => {
  await using house = await open();
  const fresh = await house.adapter.grant({ ...request, lowLevel: access }, calm);
  const card = await house.pooled(ROOM);
  const [guest] = await house.seam.acs.users.list({ acs_system_id: SYSTEM, search: 'Ada' });
  await house.seam.acs.credentials.assign({ acs_credential_id: card.id, acs_user_id: guest?.acs_user_id ?? '' });
  const known = { ...access, known: fresh.methods.map((method) => method.accessMethodId) };
  assert.deepEqual(await house.adapter.revoke({ ...request, lowLevel: known, accessGrantId: null, accessMethodIds: [] }, calm), {
    gone: true,
  });
  const left = (await house.seam.acs.credentials.list({ acs_system_id: SYSTEM })).map((one) => one.acs_credential_id);
  assert.deepEqual(left, [card.id]);
});
