import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { CASA_DO_MONTE, HARBOUR_HOUSE } from '../../simulator/example-estate.ts';
import { type Reply, startScriptedServer } from '../support/scripted-server.ts';
import { adapterFor, calm, grantRequest, type SeamFixture, startSeam } from '../support/seam-fixture.ts';

let fixture: SeamFixture;
before(async () => {
  fixture = await startSeam();
});
after(() => fixture.seam.stop());

const grantsOf = (key: string) => fixture.api.accessGrants.list({ access_grant_key: key });
const identitiesOf = async (key: string) =>
  (await fixture.api.userIdentities.list()).filter((identity) => identity.user_identity_key === key);

test('a lost answer to a create, of the identity or of the grant, makes no second one', async () => {
  const { seam, access } = fixture;
  for (const path of ['/user_identities/create', '/access_grants/create']) {
    const request = grantRequest({ grantKey: `lost-${path}` });
    seam.knobs.fault({ kind: 'lose', path });
    await assert.rejects(access.grant(request, calm), { type: 'SeamUnavailable' });
    const reading = await access.grant(request, calm);
    const [grants, identities] = [await grantsOf(request.grantKey), await identitiesOf(request.userIdentityKey)];
    assert.deepEqual([grants.length, identities.length, grants[0]?.access_grant_id], [1, 1, reading.accessGrantId]);
    assert.deepEqual(await access.grant(request, calm).then((again) => again.accessGrantId), reading.accessGrantId);
  }
});

test('two tries at the same time end with one identity, one grant and the same answer', async () => {
  const { access } = fixture;
  const request = grantRequest({ grantKey: 'together' });
  const [one, other] = await Promise.all([access.grant(request, calm), access.grant(request, calm)]);
  assert.equal(one.accessGrantId, other.accessGrantId);
  assert.deepEqual([(await grantsOf('together')).length, (await identitiesOf(request.userIdentityKey)).length], [1, 1]);
});

test('a key that turns out to be taken is looked up again, whichever status Seam refuses it with', async () => {
  const server = await startScriptedServer();
  const notFound: Reply = { status: 404, body: { error: { type: 'x_not_found', message: '' }, ok: false } };
  const grant = { access_grant_id: 'grant-1', starts_at: '2026-12-01T15:00:00Z', ends_at: '2026-12-04T11:00:00Z' };
  for (const status of [400, 409]) {
    const taken: Reply = { status, body: { error: { type: 'key_taken', message: '' }, ok: false } };
    server.script({
      '/access_grants/get': [notFound, { body: { access_grant: grant } }],
      '/user_identities/get': [notFound, { body: { user_identity: { user_identity_id: 'identity-1' } } }],
      '/user_identities/create': [taken],
      '/access_grants/create': [taken],
      '/access_grants/get_related': [{ body: { batch: {} } }],
    });
    const reading = await adapterFor(server.url).grant(grantRequest({ grantKey: 'g' }), calm);
    assert.equal(reading.accessGrantId, 'grant-1');
    assert.equal(server.calls.filter((call) => call.startsWith('POST')).length, 2);
  }
  server.script({
    '/user_identities/get': [{ body: { user_identity: { user_identity_id: 'identity-1' } } }],
    '/access_grants/create': [{ status: 409, body: { error: { type: 'reservation_conflict', message: '' }, ok: false } }],
  });
  await assert.rejects(adapterFor(server.url).grant(grantRequest({ grantKey: 'g' }), calm), { type: 'SeamConflict' });
  await server.stop();
});

test('Seam is given the name and our keys, never an e-mail or phone, and exactly the doors, modes and times asked for', async () => {
  const server = await startScriptedServer();
  const grant = { access_grant_id: 'grant-1', starts_at: '2026-12-01T15:00:00Z', ends_at: '2026-12-04T11:00:00Z' };
  server.script({
    '/user_identities/create': [{ body: { user_identity: { user_identity_id: 'identity-1' } } }],
    '/access_grants/create': [{ body: { access_grant: grant } }],
    '/access_grants/get_related': [{ body: { batch: {} } }],
  });
  const window = { startsAt: Date.parse('2026-12-01T15:00:00Z'), endsAt: Date.parse('2026-12-04T11:00:00Z') };
  const doors = { entrances: ['e1'], devices: [], spaces: ['s1'], spaceKeys: ['villa'] };
  await adapterFor(server.url).grant(
    grantRequest({ grantKey: 'g', userIdentityKey: 'i', doors, window, modes: ['code', 'mobile_key'], customizationProfileId: 'look' }),
    calm,
  );
  assert.deepEqual(server.bodies, [
    { user_identity_key: 'i', full_name: 'Ada Lovelace' },
    {
      access_grant_key: 'g',
      name: 'g',
      user_identity_id: 'identity-1',
      starts_at: '2026-12-01T15:00:00.000Z',
      ends_at: '2026-12-04T11:00:00.000Z',
      requested_access_methods: [{ mode: 'code' }, { mode: 'mobile_key', instant_key_max_use_count: 2 }],
      customization_profile_id: 'look',
      acs_entrance_ids: ['e1'],
      space_ids: ['s1'],
      space_keys: ['villa'],
    },
  ]);
  await server.stop();
});

test('the answer to a new grant shows its doors, spaces and window, and claims no key that is not issued', async () => {
  const held = await startSeam({ holdIssuance: true });
  const doors = { entrances: [HARBOUR_HOUSE.streetDoorId], devices: [], spaces: [], spaceKeys: [CASA_DO_MONTE.spaceKey] };
  const request = grantRequest({ grantKey: 'fresh', doors });
  const reading = await held.access.grant(request, calm);
  const villa = [CASA_DO_MONTE.keypadId, CASA_DO_MONTE.gateId];
  assert.deepEqual(reading.window, request.window);
  assert.deepEqual(
    reading.doors.map((door) => `${door.kind} ${door.name}`),
    ['entrance Street door', 'device Villa door', 'device Garden gate'],
  );
  assert.deepEqual(reading.spaces, [{ id: CASA_DO_MONTE.spaceId, key: CASA_DO_MONTE.spaceKey, doors: villa }]);
  assert.deepEqual(
    reading.methods.map(({ mode, state, fingerprint, doors }) => ({ mode, state, fingerprint, doors })),
    [{ mode: 'code', state: 'pending', fingerprint: null, doors: [] }],
  );
  await held.seam.stop();
});

test('a door that Seam does not know is a failure that no second try mends', async () => {
  const doors = { entrances: ['11111111-1111-4111-8111-111111111111'], devices: [], spaces: [], spaceKeys: [] };
  await assert.rejects(fixture.access.grant(grantRequest({ grantKey: 'nowhere', doors }), calm), {
    type: 'SeamNotFound',
    nonRetryable: true,
  });
});

test('an identity that somebody else made of the same person is never taken over, whatever it bears', async () => {
  const { seam, access, api } = await startSeam();
  const bearing = { full_name: 'Ada Lovelace', email_address: 'ada@guests.example', phone_number: '+351912345678' };
  const theirs = await api.userIdentities.create({ ...bearing, user_identity_key: 'elsewhere:pms:R1#guest' });
  const keyless = await api.userIdentities.create({ full_name: 'Ada Lovelace' });
  await access.grant(grantRequest({ grantKey: 'latchkey:pms:R1#a.1', userIdentityKey: 'latchkey:pms:R1#guest' }), calm);
  const identities = await api.userIdentities.list();
  assert.equal(identities.length, 3);
  const [grant] = await api.accessGrants.list();
  assert.ok(![theirs, keyless].some(({ user_identity_id }) => user_identity_id === grant?.user_identity_id));
  const kept = identities.find(({ user_identity_id }) => user_identity_id === theirs.user_identity_id);
  assert.deepEqual([kept?.email_address, kept?.user_identity_key], ['ada@guests.example', 'elsewhere:pms:R1#guest']);
  await seam.stop();
});
