/** The adapter of access systems over the simulator, every answer of which is held against Seam's OpenAPI. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApplicationFailure } from '@temporalio/common';
import { createAcsAdapter } from '../../activities/adapters/seam-acs/adapter.ts';
import type { GrantRequest } from '../../activities/ports.ts';
import { CASA_DO_MONTE, EXAMPLE_ESTATE, HARBOUR_HOUSE } from '../../simulator/example-estate.ts';
import type { SeamSimulatorOptions } from '../../simulator/seam/simulator.ts';
import type { LowLevelAccess } from '../../workflows/domain/low-level.ts';
import { calm, fingerprints, grantRequest } from '../support/seam-fixture.ts';
import { openSeamWorkspace } from '../support/seam-workspace.ts';
import { until } from '../support/until.ts';

const HOUR = 3_600_000;
const GROUP = '5d7c1a90-3f42-4b18-9c6e-0a1b2c3d4f01';
const SYSTEM = HARBOUR_HOUSE.systemId;
const [ROOM, OTHER, STREET] = [HARBOUR_HOUSE.roomDoorIds['101'], HARBOUR_HOUSE.roomDoorIds['102'], HARBOUR_HOUSE.streetDoorId];
const acs = { systemId: SYSTEM, credentialManagerSystemId: null, accessGroups: [GROUP], multiPhoneSync: true } as const;
const group = { acsAccessGroupId: GROUP, acsSystemId: SYSTEM, name: 'Guests' };
const estate = { ...EXAMPLE_ESTATE, accessGroups: [group] };

type Request = GrantRequest & { readonly lowLevel: LowLevelAccess };

function request({
  grantKey,
  change = {},
  more = {},
}: {
  grantKey: string;
  change?: Partial<LowLevelAccess>;
  more?: Partial<GrantRequest>;
}): Request {
  const doors = { entrances: [ROOM, STREET], devices: [], spaces: [], spaceKeys: [] };
  const plain = grantRequest({ grantKey, userIdentityKey: 'latchkey:pms:R1#guest', doors, ...more });
  const { userIdentityKey, modes, window } = plain;
  const known = { by: { provider: 'acs', acs }, userIdentityKey, doors: plain.doors, modes, asked: window, known: [], others: [] } as const;
  return { ...plain, lowLevel: { ...known, span: window, isLast: true, ...change } };
}

async function open(options: Partial<SeamSimulatorOptions> = {}) {
  const workspace = await openSeamWorkspace({ estate, ...options, settings: { issuanceDelayMs: 0, ...options.settings } });
  const { simulator, seam, apiKey } = workspace;
  const adapter = createAcsAdapter({ apiKey, endpoint: simulator.url, fingerprints, codes: { choose: () => null } });
  const users = () => seam.acs.users.list({ acs_system_id: SYSTEM });
  const credentials = () => seam.acs.credentials.list({ acs_system_id: SYSTEM });
  return { adapter, seam, simulator, users, credentials, [Symbol.asyncDispose]: () => workspace[Symbol.asyncDispose]() };
}

/** As the workflow asks after a grant: with the ids that its answer showed. */
const knowing = (of: Request, ids: readonly string[], change: Partial<LowLevelAccess> = {}): Request => ({
  ...of,
  lowLevel: { ...of.lowLevel, known: ids, ...change },
});
const ids = (reading: { readonly methods: readonly { readonly accessMethodId: string }[] }): readonly string[] =>
  reading.methods.map((method) => method.accessMethodId);

test('whichever answer is lost, there is one identity, one user and one credential per mode', async () => {
  await using house = await open();
  for (const path of ['/user_identities/create', '/acs/users/create', '/acs/credentials/create', '/acs/users/add_to_access_group']) {
    house.simulator.knobs.fault({ kind: 'lose', path });
    const asked = request({ grantKey: 'g1', more: { modes: ['code', 'mobile_key'] } });
    await house.adapter.grant(asked, calm).catch(() => null);
    house.simulator.knobs.clearFaults();
    const reading = await house.adapter.grant(asked, calm);
    assert.deepEqual([(await house.users()).length, (await house.credentials()).length], [1, 2], path);
    assert.deepEqual(ids(reading).toSorted(), (await house.credentials()).map((one) => one.acs_credential_id).toSorted());
  }
  assert.equal((await house.seam.userIdentities.list()).length, 1);
  const [user] = await house.users();
  assert.equal((await house.seam.acs.accessGroups.list({ acs_user_id: user?.acs_user_id ?? '' })).length, 1);
});

test('a credential opens exactly the doors of the unit, at its times, and is told only once it is issued', async () => {
  await using house = await open({ settings: { holdIssuance: true } });
  const asked = request({ grantKey: 'g1' });
  const fresh = await house.adapter.grant(asked, calm);
  assert.deepEqual(
    [fresh.found, fresh.accessGrantId, fresh.methods[0]?.state, fresh.methods[0]?.fingerprint],
    [true, null, 'pending', null],
  );
  assert.deepEqual(fresh.window, asked.window);
  house.simulator.knobs.set({ holdIssuance: false });
  const reading = await until('issued', async () => {
    const now = await house.adapter.read({ ...knowing(asked, ids(fresh)), fingerprintKeyId: null }, calm);
    return now.methods[0]?.state === 'issued' && now;
  });
  assert.deepEqual(reading.methods[0]?.doors.toSorted(), [ROOM, STREET].toSorted());
  assert.deepEqual(reading.doors.map((door) => door.name).toSorted(), ['Room 101', 'Street door']);
  const secret = await house.adapter.secret(
    { ...knowing(asked, ids(fresh)), accessMethodId: ids(fresh)[0] ?? '', fingerprintKeyId: 'k1' },
    calm,
  );
  assert.match(secret.secret ?? '', /^\d{6}$/);
  assert.deepEqual([secret.issued, secret.fingerprint], [true, reading.methods[0]?.fingerprint]);
});

test('two rooms of a guest, and a credential and its successor, are told apart; the first to go takes nothing of the other', async () => {
  await using house = await open();
  const one = request({ grantKey: 'g1' });
  const doors = { ...one.doors, entrances: [OTHER] };
  const two = request({ grantKey: 'g2', change: { isLast: false }, more: { doors } });
  const [first, second] = await Promise.all([house.adapter.grant(one, calm), house.adapter.grant(two, calm)]);
  assert.equal((await house.users()).length, 1);
  assert.equal((await house.credentials()).length, 2);
  assert.notDeepEqual(ids(first), ids(second));
  const successor = await house.adapter.grant(request({ grantKey: 'g3', change: { others: [...ids(first), ...ids(second)] } }), calm);
  assert.equal((await house.credentials()).length, 3);
  const others = [...ids(second), ...ids(successor)];
  assert.deepEqual(
    await house.adapter.revoke({ ...knowing(one, ids(first), { others, isLast: false }), accessGrantId: null, accessMethodIds: [] }, calm),
    {
      gone: true,
    },
  );
  assert.deepEqual((await house.credentials()).map((credential) => credential.acs_credential_id).toSorted(), others.toSorted());
  assert.equal((await house.users()).length, 1);
});

test('the last access takes the user along, also what was never learnt of; still being deleted is not gone', async () => {
  await using house = await open();
  const asked = request({ grantKey: 'g1' });
  house.simulator.knobs.fault({ kind: 'lose', path: '/acs/credentials/create' });
  await assert.rejects(house.adapter.grant(asked, calm), { type: 'SeamUnavailable' });
  house.simulator.knobs.set({ deleteDelayMs: 40 });
  const revocation = { ...asked, accessGrantId: null, accessMethodIds: [] };
  assert.deepEqual(await house.adapter.revoke(revocation, calm), { gone: false });
  await until('gone', async () => (await house.adapter.revoke(revocation, calm)).gone);
  assert.deepEqual([(await house.users()).length, (await house.credentials()).length], [0, 0]);
  assert.equal((await house.adapter.read({ ...asked, fingerprintKeyId: null }, calm)).found, false);
});

test('two rooms that end side by side leave neither a credential nor the user', async () => {
  await using house = await open();
  const one = request({ grantKey: 'g1' });
  const two = request({ grantKey: 'g2', more: { doors: { ...one.doors, entrances: [OTHER] } } });
  const known = [knowing(one, ids(await house.adapter.grant(one, calm))), knowing(two, ids(await house.adapter.grant(two, calm)))];
  const both = () => Promise.all(known.map((of) => house.adapter.revoke({ ...of, accessGrantId: null, accessMethodIds: [] }, calm)));
  await until('gone', async () => (await both()).every(({ gone }) => gone));
  assert.deepEqual([await house.users(), await house.credentials()], [[], []]);
});

test('a credential that Seam does not delete is taken from the guest, and counts as gone because it opens nothing', async () => {
  await using house = await open();
  const asked = request({ grantKey: 'g1', change: { isLast: false } });
  const known = knowing(asked, ids(await house.adapter.grant(asked, calm)));
  house.simulator.knobs.fault({ kind: 'refuse', path: '/acs/credentials/delete', status: 400, type: 'cannot_be_deleted' });
  assert.deepEqual(await house.adapter.revoke({ ...known, accessGrantId: null, accessMethodIds: [] }, calm), { gone: true });
  const [credential] = await house.credentials();
  assert.equal(credential?.acs_user_id, undefined);
});

test('an end is moved in place, with the times of the user; a card then waits for the desk again', async () => {
  await using house = await open();
  const asked = request({ grantKey: 'g1', more: { modes: ['card'] } });
  const fresh = await house.adapter.grant(asked, calm);
  assert.equal(fresh.methods[0]?.state, 'encoding_required');
  const [card] = await house.credentials();
  const encoding = { acs_credential_id: card?.acs_credential_id ?? '', acs_encoder_id: HARBOUR_HOUSE.encoderId };
  await house.seam.acs.encoders.encodeCredential(encoding);
  const state = async (of: Request) => (await house.adapter.read({ ...of, fingerprintKeyId: null }, calm)).methods[0]?.state;
  const known = knowing(asked, ids(fresh));
  await until('encoded', async () => (await state(known)) === 'issued');
  const longer = { ...asked.window, endsAt: asked.window.endsAt + HOUR };
  const moved = knowing(asked, ids(fresh), { asked: longer, span: longer });
  await house.adapter.changeWindow({ ...moved, accessGrantId: null, window: longer }, calm);
  assert.deepEqual((await house.adapter.read({ ...moved, fingerprintKeyId: null }, calm)).window, longer);
  assert.equal(await state(moved), 'encoding_required');
  assert.equal(Date.parse((await house.users())[0]?.access_schedule?.ends_at ?? ''), longer.endsAt);
});

test('a unit with no entrance of the system, or with a lock of its own, is refused before anything is made; one that joins its space shows', async () => {
  await using house = await open();
  const none = { entrances: [], devices: [], spaces: [], spaceKeys: [] };
  const suite = { ...none, spaceKeys: ['suite'] };
  const ask = (doors: GrantRequest['doors']) => house.adapter.grant(request({ grantKey: 'g1', more: { doors } }), calm);
  await assert.rejects(ask(none), { type: 'SeamRejected' });
  const gate = CASA_DO_MONTE.gateId;
  await assert.rejects(ask({ ...none, entrances: [ROOM], devices: [gate] }), (error) => {
    assert.ok(error instanceof ApplicationFailure && error.type === 'ModeImpossible');
    assert.match(JSON.stringify(error.details), /Garden gate .* cannot be opened with code/);
    return true;
  });
  assert.equal((await house.seam.userIdentities.list()).length, 0);
  await house.seam.spaces.create({ name: 'Suite', space_key: 'suite', acs_entrance_ids: [ROOM] });
  const fresh = await ask(suite);
  assert.deepEqual([fresh.doors.map((door) => door.id), fresh.problems], [[ROOM], []]);
  await house.seam.spaces.update({ space_key: 'suite', device_ids: [gate], acs_entrance_ids: [ROOM, OTHER] });
  const known = knowing(request({ grantKey: 'g1', more: { doors: suite } }), ids(fresh));
  const { problems, doors } = await house.adapter.read({ ...known, fingerprintKeyId: null }, calm);
  assert.deepEqual(
    problems.map(({ code, doorId }) => [code, doorId]),
    [
      ['not_in_credential', OTHER],
      ['not_an_entrance', gate],
    ],
  );
  assert.deepEqual(doors.map((door) => door.id).toSorted(), [ROOM, OTHER].toSorted());
});

test('digits that the system does not take are only a wish', async () => {
  await using house = await open({ settings: { refuseCodes: true } });
  const adapter = createAcsAdapter({
    apiKey: 'seam_test_simulator',
    endpoint: house.simulator.url,
    fingerprints,
    codes: { choose: () => '4711' },
  });
  const codeWish = { by: 'random', length: 4, phone: null, seed: '', keyId: null } as const;
  const asked = request({ grantKey: 'g1', more: { codeWish } });
  const known = knowing(asked, ids(await adapter.grant(asked, calm)));
  await until('issued', async () => (await adapter.read({ ...known, fingerprintKeyId: null }, calm)).methods[0]?.state === 'issued');
  house.simulator.knobs.set({ refuseCodes: false });
  const other = await adapter.grant(request({ grantKey: 'g2', change: { others: known.lowLevel.known }, more: { codeWish } }), calm);
  const secretOf = (id: string) => adapter.secret({ ...known, accessMethodId: id, fingerprintKeyId: null }, calm);
  await until('issued', async () => (await secretOf(ids(other)[0] ?? '')).secret === '4711');
  assert.notEqual((await secretOf(known.lowLevel.known[0] ?? '')).secret, '4711');
});
