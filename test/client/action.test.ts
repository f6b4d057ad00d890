import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { credentialSecrets } from '../../client/credential-secret.ts';
import { mobileSessions } from '../../client/mobile-session.ts';
import { Conflict, NoWorker, TemporalUnavailable, UnknownReservation } from '../../client/refusals.ts';
import type { Action } from '../../workflows/messages.ts';
import { type Reply, startScriptedServer } from '../support/scripted-server.ts';
import { type Serving, serve } from './serving.ts';

let serving: Serving;
before(async () => {
  serving = await serve();
});
beforeEach(() => {
  serving.asked.length = 0;
  serving.facade.act = async () => ({ outcome: 'accepted' });
});
after(() => serving.close());

const act = (action: string, init: RequestInit = {}): Promise<Response> =>
  serving.request(`/v1/reservations/mews-lisbon/R-1/actions/${action}`, { as: 'operator', method: 'POST', ...init });
const asked = (): Action[] => serving.asked.map(({ input }) => (input as { action: Action }).action);

test('an action goes to the workflow with who asked, why, and the key that makes it happen once', async () => {
  const headers = { 'content-type': 'application/json', 'idempotency-key': 'key-1' };
  const answer = await act('resend', { headers, body: JSON.stringify({ reason: 'lost\u0000 phone', other: 1 }) });
  assert.equal(answer.status, 200);
  assert.deepEqual(await answer.json(), { outcome: 'accepted' });
  assert.deepEqual(asked(), [{ action: 'resend', idempotencyKey: 'key-1', by: 'operator', reason: 'lost phone' }]);
});

test('without a key each action is its own; a body is not needed', async () => {
  await act('retry');
  await act('retry', { headers: { 'content-type': 'application/json' }, body: '' });
  const keys = asked().map(({ idempotencyKey }) => idempotencyKey);
  assert.equal(new Set(keys).size, 2);
  assert.ok(asked().every(({ reason }) => reason === null));
});

test('a body or key that cannot be taken is 400 with its path', async () => {
  const json = { 'content-type': 'application/json' };
  for (const [init, path] of [
    [{ headers: json, body: '{"reason":7}' }, 'reason'],
    [{ headers: json, body: '[]' }, ''],
    [{ headers: { ...json, 'idempotency-key': 'x'.repeat(129) }, body: '{}' }, 'idempotency-key'],
  ] as const) {
    const answer = await act('resend', init);
    assert.equal(answer.status, 400);
    assert.equal(((await answer.json()) as { errors: { path: string }[] }).errors[0]?.path, path);
  }
  assert.deepEqual(asked(), []);
});

test('actions of other versions are 404 and say which there are', async () => {
  for (const name of ['lock', 'shred', 'nothing', 'constructor', '__proto__']) {
    const answer = await act(name);
    assert.equal(answer.status, 404);
    assert.match(((await answer.json()) as { detail: string }).detail, /resend, hold, revoke, retry/);
  }
});

test('an action without what it needs is 400 and names the field; nothing is asked of the workflow', async () => {
  const before = serving.asked.length;
  for (const [name, field] of Object.entries({
    'change-departure': 'departure',
    reissue: 'accessMethodId',
    reveal: 'accessMethodId',
    'encode-card': 'encoderId',
    'assign-card': 'cardNumber',
    'mobile-session': 'guestId',
    told: 'guestId',
    acknowledge: 'code',
  })) {
    const answer = await act(name);
    assert.equal(answer.status, 400);
    assert.ok(((await answer.json()) as { errors: { path: string }[] }).errors.some((error) => error.path === field));
  }
  assert.equal(serving.asked.length, before);
});

test('a refusal is 409 with its reason, the unknown 404, and silence 503 with Retry-After', async () => {
  for (const [error, status] of [
    [new Conflict('the stay is over'), 409],
    [new UnknownReservation('mews-lisbon:R-1'), 404],
    [new NoWorker('no worker'), 503],
    [new TemporalUnavailable('away'), 503],
  ] as const) {
    serving.facade.act = async () => {
      throw error;
    };
    const answer = await act('revoke');
    const problem = (await answer.json()) as { detail: string };
    assert.equal(answer.status, status);
    assert.equal(answer.headers.has('retry-after'), status === 503);
    if (status === 409) assert.equal(problem.detail, 'the stay is over');
  }
});

const post = (action: string, body: object): Promise<Response> =>
  act(action, { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

test('an unlock names exactly one door, and nobody can ask in the name of a guest', async () => {
  for (const body of [{}, { entranceId: 'e1', deviceId: 'd1' }, { entranceId: '' }]) {
    const answer = await post('unlock', body);
    assert.equal(answer.status, 400);
    assert.equal(((await answer.json()) as { errors: { path: string }[] }).errors[0]?.path, 'entranceId');
  }
  assert.deepEqual(asked(), []);
  serving.facade.act = async () => ({ outcome: 'requested', actionAttemptId: 'a1' });
  const answer = await post('unlock', { deviceId: 'd1', guestId: 'g1', askedAt: 1 });
  assert.deepEqual(await answer.json(), { outcome: 'requested', actionAttemptId: 'a1' });
  const [{ idempotencyKey: _key, ...order }] = asked() as [Action];
  assert.deepEqual(order, { action: 'unlock', entranceId: null, deviceId: 'd1', guestId: null, by: 'operator', reason: null });
});

test('a session is answered to the operator who asked, by the key that the workflow names; without one it is 409', async () => {
  serving.facade.act = async () => ({ outcome: 'accepted', session: { accessMethodId: 'key-1', userIdentityKey: 'ada' } });
  const answer = await post('mobile-session', { guestId: 'g1' });
  assert.deepEqual(await answer.json(), { outcome: 'accepted', clientSessionToken: 'seam_cst1_ABCDEF123456' });
  serving.facade.act = async () => ({ outcome: 'accepted', session: { accessMethodId: 'gone', userIdentityKey: 'ada' } });
  assert.equal((await post('mobile-session', { guestId: 'g1' })).status, 409);
  const path = '/v1/reservations/mews-lisbon/R-1/actions/mobile-session';
  const before = serving.asked.length;
  for (const as of ['pms', 'viewer'] as const) assert.equal((await serving.request(path, { as, method: 'POST' })).status, 403);
  assert.equal(serving.asked.length, before);
});

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
