import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { CASA_DO_MONTE, HARBOUR_HOUSE } from '../../simulator/example-estate.ts';
import type { AccessReading, MethodState } from '../../workflows/domain/access.ts';
import { calm, fingerprints, grantRequest, type SeamFixture, startSeam } from '../support/seam-fixture.ts';
import { until } from '../support/until.ts';

const ROOM = HARBOUR_HOUSE.roomDoorIds['101'];
let fixture: SeamFixture;

before(async () => {
  fixture = await startSeam();
});
after(async () => {
  await fixture.seam.stop();
});

/** Reads until every method has come to one of these states. */
const readUntil = (grantKey: string, states: readonly MethodState[]): Promise<AccessReading> =>
  until(`${grantKey} ${states.join(' or ')}`, async () => {
    const reading = await fixture.access.read({ grantKey, fingerprintKeyId: null }, calm);
    return reading.methods.every((method) => states.includes(method.state)) && reading;
  });

test('an issued code is read with its doors and the fingerprint of exactly the digits that the guest is sent', async () => {
  const request = grantRequest({ grantKey: 'issued' });
  await fixture.access.grant(request, calm);
  const [method] = (await readUntil('issued', ['issued'])).methods;
  assert(method !== undefined);
  const { accessMethodId } = method;
  const { code } = await fixture.api.accessMethods.get({ access_method_id: accessMethodId });
  const credential = await fixture.access.secret({ accessMethodId, fingerprintKeyId: null }, calm);
  assert.deepEqual(credential, {
    secret: code,
    issued: true,
    fingerprint: fingerprints.of({ secret: String(code), keyId: null }),
  });
  assert.deepEqual(method, {
    accessMethodId,
    mode: 'code',
    state: 'issued',
    isBackupCode: false,
    fingerprint: credential.fingerprint,
    doors: [ROOM],
    expiresAt: null,
  });
  fixture.seam.knobs.pullBackupCode(accessMethodId);
  const [backup] = (await readUntil('issued', ['issued'])).methods;
  assert.equal(backup?.isBackupCode, true);
  assert.notEqual(backup.fingerprint, credential.fingerprint);
});

test('the link of a mobile key is read with the moment when it stops opening', async () => {
  await fixture.access.grant(grantRequest({ grantKey: 'mobile', modes: ['mobile_key', 'cloud_key', 'card'] }), calm);
  const reading = await readUntil('mobile', ['issued', 'encoding_required']);
  const [mobile, cloud, card] = reading.methods;
  const identity = (await fixture.api.userIdentities.list()).find((one) => one.user_identity_key === 'mobile-guest');
  const [key] = await fixture.api.instantKeys.list({ user_identity_id: identity?.user_identity_id });
  assert.deepEqual([mobile?.state, mobile?.expiresAt], ['issued', Date.parse(String(key?.expires_at))]);
  assert.equal(
    (await fixture.access.secret({ accessMethodId: String(mobile?.accessMethodId), fingerprintKeyId: null }, calm)).secret,
    key?.instant_key_url,
  );
  assert.deepEqual([cloud?.state, cloud?.fingerprint, card?.state, card?.doors], ['issued', null, 'encoding_required', [ROOM]]);
});

test('after new times a key reads as updating, until it is issued again with the same digits', async () => {
  const request = grantRequest({ grantKey: 'longer' });
  const { accessGrantId } = await fixture.access.grant(request, calm);
  const before = await readUntil('longer', ['issued']);
  const window = { ...request.window, endsAt: request.window.endsAt + 3_600_000 };
  fixture.seam.knobs.set({ holdIssuance: true });
  await fixture.access.changeWindow({ accessGrantId: String(accessGrantId), window }, calm);
  const during = await fixture.access.read({ grantKey: 'longer', fingerprintKeyId: null }, calm);
  assert.deepEqual([during.window, during.methods[0]?.state, during.methods[0]?.fingerprint], [window, 'updating', null]);
  fixture.seam.knobs.set({ holdIssuance: false });
  assert.deepEqual((await readUntil('longer', ['issued'])).methods, before.methods);
});

test('new times for a grant that is gone are no failure: the next read says that it is not found', async () => {
  await fixture.access.changeWindow(
    { accessGrantId: '11111111-1111-4111-8111-111111111111', window: grantRequest({ grantKey: 'x' }).window },
    calm,
  );
  const reading = await fixture.access.read({ grantKey: 'x', fingerprintKeyId: null }, calm);
  assert.deepEqual([reading.found, reading.accessGrantId, reading.window, reading.methods], [false, null, null, []]);
});

test('a dead door is named as faulty, and no method claims to open it', async () => {
  fixture.seam.knobs.set({ offlineDoors: [CASA_DO_MONTE.gateId, ROOM] });
  const doors = { entrances: [ROOM], devices: [], spaces: [CASA_DO_MONTE.spaceId], spaceKeys: [] };
  const reading = await fixture.access.grant(grantRequest({ grantKey: 'dead', doors }), calm);
  fixture.seam.knobs.set({ offlineDoors: [] });
  assert.deepEqual(
    reading.doors.map((door) => [door.name, door.fault]),
    [
      ['Room 101', 'entrance_offline'],
      ['Villa door', null],
      ['Garden gate', 'device_offline'],
    ],
  );
  assert.deepEqual(
    reading.methods.map((method) => [method.state, method.doors]),
    [['pending', []]],
  );
});
