import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { inspect } from 'node:util';
import { SeamHttp } from '@seamapi/http';
import { ApplicationFailure } from '@temporalio/common';
import { classifySeamError } from '../../activities/adapters/seam/errors.ts';
import { type Reply, type ScriptedServer, startScriptedServer } from '../support/scripted-server.ts';
import { adapterFor, calm } from '../support/seam-fixture.ts';
import { until } from '../support/until.ts';

const METHOD = '/access_methods/get';
const CODE = '483920';
let server: ScriptedServer;

before(async () => {
  server = await startScriptedServer();
});
after(() => server.stop());

async function failureAfter(reply: Reply): Promise<ApplicationFailure> {
  server.script({ [METHOD]: [reply] });
  const request = { accessMethodId: 'm1', fingerprintKeyId: null };
  const failure: unknown = await adapterFor(server.url)
    .secret(request, calm)
    .then(String, (error: unknown) => error);
  assert(failure instanceof ApplicationFailure, inspect(failure));
  return failure;
}

const seamError = (status: number, type: string): Reply => ({
  status,
  body: { error: { type, message: `for Ada Lovelace: ${CODE}`, data: { code: CODE } }, ok: false },
});

test('each way in which Seam can refuse, break or vanish has its own failure, and only some are tried again', async () => {
  const cases: readonly (readonly [Reply, string, boolean, string | null])[] = [
    [seamError(429, 'too_many_requests'), 'SeamRateLimited', true, 'too_many_requests'],
    [seamError(500, 'internal_error'), 'SeamUnavailable', true, 'internal_error'],
    [seamError(408, 'request_timeout'), 'SeamUnavailable', true, 'request_timeout'],
    [{ status: 500, body: `trace ${CODE}` }, 'SeamUnavailable', true, '500'],
    [{ status: 429, body: 'slow down' }, 'SeamRateLimited', true, '429'],
    [{ cut: true }, 'SeamUnavailable', true, 'ERR_NETWORK'],
    [seamError(401, 'unauthorized'), 'SeamUnauthorized', false, 'unauthorized'],
    [seamError(403, 'forbidden'), 'SeamUnauthorized', false, 'forbidden'],
    [seamError(404, 'api_key_not_found'), 'SeamUnauthorized', false, 'api_key_not_found'],
    [seamError(409, 'reservation_conflict'), 'SeamConflict', true, 'reservation_conflict'],
    [seamError(400, 'invalid_input'), 'SeamRejected', false, 'invalid_input'],
    [{ status: 200, body: `<html>${CODE}</html>` }, 'SeamUnreadable', true, null],
    [
      { body: { access_method: { access_method_id: CODE, mode: 'code', is_issued: 'yes', code: CODE } } },
      'SeamUnreadable',
      true,
      'is_issued',
    ],
  ];
  for (const [reply, type, retry, code] of cases) {
    const failure = await failureAfter(reply);
    assert.deepEqual([failure.type, !failure.nonRetryable, failure.details], [type, retry, [{ type, code, retryAfter: null }]]);
    assert.equal(server.calls.length, 1, 'the client itself never tries again');
  }
});

test('a method that vanished before it could be read has no secret, which fails nobody', async () => {
  server.script({ [METHOD]: [seamError(404, 'access_method_not_found')] });
  const credential = await adapterFor(server.url).secret({ accessMethodId: 'm1', fingerprintKeyId: null }, calm);
  assert.deepEqual(credential, { secret: null, issued: false, fingerprint: null });
});

test('a 404 that is not in the words of Seam proves no absence', async () => {
  server.script({
    '/access_grants/get': [{ status: 404, body: '<html>Not Found</html>' }],
    '/access_grants/get_related': [{ status: 404, body: '' }],
  });
  const access = adapterFor(server.url);
  await assert.rejects(access.read({ grantKey: 'g', fingerprintKeyId: null }, calm), { type: 'SeamUnreadable' });
  await assert.rejects(access.revoke({ grantKey: 'g', accessGrantId: null, accessMethodIds: ['m'] }, calm), { type: 'SeamUnreadable' });
  server.script({ '/access_grants/get': [seamError(404, 'api_key_not_found')] });
  await assert.rejects(access.revoke({ grantKey: 'g', accessGrantId: null, accessMethodIds: ['m'] }, calm), { type: 'SeamUnauthorized' });
});

test('the pause that Seam asks for is kept, as seconds and as a date', async () => {
  const limited = (value: string): Reply => ({ ...seamError(429, 'too_many_requests'), headers: { 'retry-after': value } });
  const seconds = await failureAfter(limited('7'));
  assert.equal(seconds.nextRetryDelay, 7_000);
  assert.deepEqual(seconds.details, [{ type: 'SeamRateLimited', code: 'too_many_requests', retryAfter: 7_000 }]);
  const dated = Number((await failureAfter(limited(new Date(Date.now() + 600_000).toUTCString()))).nextRetryDelay);
  assert(dated > 500_000 && dated <= 600_000, String(dated));
  assert.equal((await failureAfter(limited('soon'))).nextRetryDelay, undefined);
  assert.equal((await failureAfter({ status: 503, body: 'busy', headers: { 'retry-after': '3' } })).nextRetryDelay, 3_000);
});

test('no failure repeats what Seam or the request said: no code, no name, no API key', async () => {
  const replies = [seamError(400, 'invalid_input'), seamError(422, `code ${CODE} of Ada`), { status: 502, body: CODE }, { cut: true }];
  for (const reply of replies) {
    const failure = await failureAfter(reply);
    const everything = inspect(failure, { depth: 20, showHidden: true }) + String(failure.stack);
    assert.doesNotMatch(everything, new RegExp(`${CODE}|Ada|seam_test`));
  }
});

// Half of the adapter's own deadline: without the cancellation the call would end, but later.
const SOON = { timeout: 5_000 };

test(
  'a call that is not answered in time, by its own deadline or the asker’s, counts as unavailable; a cancelled one ends with the reason',
  SOON,
  async () => {
    server.script({ [METHOD]: [{ silent: true }], '/user_identities/get': [{ silent: true }] });
    const hurried = new SeamHttp({ apiKey: 'seam_test_1', endpoint: server.url, timeout: 20, axiosRetryOptions: { retries: 0 } });
    const late: unknown = await hurried.userIdentities.get({ user_identity_key: 'i1' }).catch((error: unknown) => error);
    assert.equal(classifySeamError(late).type, 'SeamUnavailable');
    const stop = new AbortController();
    const waiting = adapterFor(server.url).secret({ accessMethodId: 'm1', fingerprintKeyId: null }, stop.signal);
    const reason = new Error('the stay was cancelled');
    await until('the call to arrive', () => server.calls.includes(`GET ${METHOD}`));
    stop.abort(reason);
    await assert.rejects(waiting, reason);
    const hasty = adapterFor(server.url).secret({ accessMethodId: 'm1', fingerprintKeyId: null }, AbortSignal.timeout(20));
    await assert.rejects(hasty, { type: 'SeamUnavailable' });
  },
);
