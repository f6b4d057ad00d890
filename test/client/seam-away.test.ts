import assert from 'node:assert/strict';
import { test } from 'node:test';
import { credentialSecrets } from '../../client/credential-secret.ts';
import { mobileSessions } from '../../client/mobile-session.ts';
import { type Reply, startScriptedServer } from '../support/scripted-server.ts';
import { serve } from './serving.ts';

test('while Seam is away or keeps us out, reveal and mobile-session are 503 with the pause and what to do, and quote nothing', async () => {
  const seam = await startScriptedServer();
  const connection = { apiKey: 'seam_test_1', endpoint: seam.url };
  const away = await serve({ overrides: { reveal: credentialSecrets(connection), mobileSession: mobileSessions(connection) } });
  away.facade.act = async () => ({ outcome: 'accepted', session: { accessMethodId: 'm1', userIdentityKey: 'ada' } });
  const error = (type: string): object => ({ error: { type, message: 'the code 471147 of Ada' }, ok: false });
  const cases: readonly (readonly [Reply, string, RegExp])[] = [
    [{ status: 500, body: error('internal_error') }, '2', /Seam does not answer\. Try again/],
    [{ cut: true }, '2', /Seam does not answer/],
    [{ status: 429, body: error('too_many_requests'), headers: { 'retry-after': '7' } }, '7', /slow down/],
    [{ status: 401, body: error('unauthorized') }, '2', /SEAM_API_KEY/],
    [{ body: '<html>471147</html>' }, '2', /SEAM_ENDPOINT/],
  ];
  try {
    for (const [reply, pause, words] of cases)
      for (const [name, body] of Object.entries({ reveal: { accessMethodId: 'm1' }, 'mobile-session': { guestId: 'g1' } })) {
        seam.script({ '/access_methods/get': [reply] });
        const answer = await away.request(`/v1/reservations/mews-lisbon/R-1/actions/${name}`, {
          as: 'operator',
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        });
        assert.deepEqual([answer.status, answer.headers.get('retry-after')], [503, pause], name);
        const problem = await answer.text();
        assert.match(problem, words);
        assert.doesNotMatch(problem + away.log.join(''), /471147|Ada|seam_test/);
      }
  } finally {
    await Promise.all([away.close(), seam.stop()]);
  }
});
