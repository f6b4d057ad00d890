/** Instant Keys over HTTP: which link is told, how another is made, and that none is left. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { credentialSecrets } from '../../client/credential-secret.ts';
import type { Method } from '../../workflows/domain/access.ts';
import { calm, fingerprints, grantRequest, type SeamFixture, startSeam } from '../support/seam-fixture.ts';
import { until } from '../support/until.ts';

const HOUR = 3_600_000;
const LOOK = '3f0c7d4e-5b6a-4c1d-9e8f-7a6b5c4d3e2f';
let fixture: SeamFixture;
before(async () => {
  fixture = await startSeam();
});
after(() => fixture.seam.stop());

/** A guest whose access starts in two hours, and whose first key lives for `life`. */
async function aGuest(grantKey: string, life = HOUR) {
  fixture.seam.knobs.set({ instantKeyLifeMs: life });
  const startsAt = Date.now() + 2 * HOUR;
  const window = { startsAt, endsAt: startsAt + 24 * HOUR };
  await fixture.access.grant(
    grantRequest({ grantKey, modes: ['mobile_key'], window, userIdentityKey: `${grantKey.split('.')[0]}-guest` }),
    calm,
  );
  fixture.seam.knobs.set({ instantKeyLifeMs: 48 * HOUR });
  return issued(grantKey);
}

const issued = (grantKey: string): Promise<Method> =>
  until(`${grantKey} issued`, async () => {
    const [method] = (await fixture.access.read({ grantKey, fingerprintKeyId: null }, calm)).methods;
    return method?.state === 'issued' && method;
  });

async function keysOf(guest: string) {
  const identity = (await fixture.api.userIdentities.list()).find((one) => one.user_identity_key === `${guest}-guest`);
  return identity === undefined ? [] : fixture.api.instantKeys.list({ user_identity_id: identity.user_identity_id });
}

const renew = (guest: string, insteadOf: number | null) =>
  fixture.access.renewKey({ userIdentityKey: `${guest}-guest`, maxUses: 3, insteadOf: insteadOf ?? 0 }, calm);
const told = (method: Method) => fixture.access.secret({ accessMethodId: method.accessMethodId, fingerprintKeyId: null }, calm);

test('a key made anew takes the place of one that ends before access starts, in what is read, told and revealed alike', async () => {
  const before = await aGuest('renewed');
  assert.deepEqual(await renew('renewed', before.expiresAt), { isNew: true });
  const after = await issued('renewed');
  const fresh = (await keysOf('renewed')).find((key) => Date.parse(key.expires_at) === after.expiresAt);
  const url = fresh?.instant_key_url ?? '';
  const fingerprint = fingerprints.of({ secret: url, keyId: null });
  assert.notEqual(after.fingerprint, before.fingerprint);
  assert.deepEqual([after.fingerprint, await told(after)], [fingerprint, { secret: url, issued: true, fingerprint }]);
  const { url: endpoint } = fixture.seam;
  assert.equal(await credentialSecrets({ apiKey: 'seam_test_simulator', endpoint })(after.accessMethodId), url);
});

test('an answer that is lost makes no third key', async () => {
  const before = await aGuest('lost');
  fixture.seam.knobs.fault({ kind: 'lose', path: '/user_identities/generate_instant_key' });
  await assert.rejects(renew('lost', before.expiresAt), { type: 'SeamUnavailable' });
  assert.deepEqual(await renew('lost', before.expiresAt), { isNew: false });
  assert.equal((await keysOf('lost')).length, 2);
});

test('a key that is alive when access starts stays the one that is told, whatever other keys the guest has', async () => {
  const before = await aGuest('alive', 30 * HOUR);
  await aGuest('alive.other', 40 * HOUR);
  assert.deepEqual(await issued('alive'), before);
});

test('a key that the guest asked for is told in place of one that is alive, for each of the rooms, once however often it is tried', async () => {
  const before = [await aGuest('asked', 30 * HOUR), await aGuest('asked.other', 40 * HOUR)];
  const request = { userIdentityKey: 'asked-guest', maxUses: 3, insteadOf: 0, askedAt: Date.now(), customizationProfileId: LOOK };
  fixture.seam.knobs.set({ instantKeyLifeMs: 20 * HOUR });
  assert.deepEqual(await fixture.access.renewKey(request, calm), { isNew: true });
  assert.deepEqual(await fixture.access.renewKey(request, calm), { isNew: false });
  const after = [await issued('asked'), await issued('asked.other')];
  const urls = (await Promise.all(after.map(told))).map(({ secret }) => secret);
  assert.deepEqual(
    [new Set(urls).size, (await keysOf('asked')).map((key) => key.customization_profile_id)],
    [1, [undefined, undefined, LOOK]],
  );
  assert.ok(before.every(({ fingerprint }) => fingerprint !== after[0]?.fingerprint));
});

test('with the grant goes every link that nothing else of the guest is told by, so that a leaked one shows no other key', async () => {
  const first = await aGuest('leaked');
  await renew('leaked', first.expiresAt);
  const second = await aGuest('leaked.again', 30 * HOUR);
  assert.equal((await keysOf('leaked')).length, 3);
  const { accessGrantId } = await fixture.access.read({ grantKey: 'leaked', fingerprintKeyId: null }, calm);
  const revoked = await fixture.access.revoke({ grantKey: 'leaked', accessGrantId, accessMethodIds: [first.accessMethodId] }, calm);
  assert.equal(revoked.gone, true);
  assert.deepEqual(
    (await keysOf('leaked')).map((key) => key.instant_key_url),
    [(await told(second)).secret],
  );
});
