import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { mobileSessions } from '../../client/mobile-session.ts';
import type { Mode } from '../../workflows/domain/property.ts';
import { calm, grantRequest, startSeam } from '../support/seam-fixture.ts';
import { until } from '../support/until.ts';

test('a session is that of the guest’s own key, or else of the guest; without an issued key or a guest there is none', async () => {
  const { seam, access, api } = await startSeam();
  const ask = mobileSessions({ apiKey: 'seam_test_simulator', endpoint: seam.url });
  const methodOf = async (mode: Mode): Promise<string> => {
    const request = grantRequest({ grantKey: mode, modes: [mode] });
    await access.grant(request, calm);
    const read = () => access.read({ grantKey: mode, fingerprintKeyId: null }, calm);
    return (await until('a method', async () => (await read()).methods.find(({ state }) => state !== 'pending'))).accessMethodId;
  };
  const key = await methodOf('mobile_key');
  const shown = await api.accessMethods.get({ access_method_id: key });
  assert.equal(await ask({ accessMethodId: key, userIdentityKey: 'nobody' }), shown.client_session_token);
  const ofGuest = { accessMethodId: randomUUID(), userIdentityKey: 'mobile_key-guest' };
  const token = await ask(ofGuest);
  assert.match(token ?? '', /^seam_cst1_/);
  assert.equal(await ask(ofGuest), token);
  assert.equal(await ask({ accessMethodId: await methodOf('card'), userIdentityKey: 'mobile_key-guest' }), null);
  assert.equal(await ask({ accessMethodId: randomUUID(), userIdentityKey: 'nobody' }), null);
  await seam.stop();
});
