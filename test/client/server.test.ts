import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import { type Serving, serve } from './serving.ts';

let serving: Serving;
before(async () => {
  serving = await serve();
});
after(() => serving.close());

/** What the server answers to bytes that no HTTP client would send. */
async function raw(text: string): Promise<string> {
  const socket = connect(serving.port, '127.0.0.1');
  socket.end(text);
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(socket, 'close');
  return Buffer.concat(chunks).toString('utf8');
}

test('every error is a problem document with the same headers, also for what is no route, no method and no HTTP', async () => {
  const answers = [
    [404, await serving.request('/nothing')],
    [404, await serving.request('/')],
    [405, await serving.request('/v1/reservations', { method: 'DELETE' })],
    [405, await serving.request('/healthz', { method: 'POST', body: 'x' })],
    [405, await serving.request('/webhooks/seam')],
    [404, await serving.request('/v1/nothing', { as: 'operator' })],
    [401, await serving.request('/v1/reservations')],
  ] as const;
  for (const [status, answer] of answers) {
    assert.equal(answer.status, status, answer.url);
    assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/);
    assert.equal(answer.headers.get('cache-control'), 'no-store');
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
    const problem = (await answer.json()) as Record<string, unknown>;
    assert.deepEqual(Object.keys(problem), ['type', 'title', 'status', 'detail', 'errors']);
    assert.equal(problem['status'], status);
  }
  const garbage = await raw('BOO!\r\n\r\n');
  assert.match(garbage, /^HTTP\/1\.1 400 /);
  assert.match(garbage, /application\/problem\+json/);
  assert.match(await raw(`GET / HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(40_000)}\r\n\r\n`), /^HTTP\/1\.1 431 /);
});

test('405 says what is allowed', async () => {
  assert.equal((await serving.request('/v1/reservations/a/b', { method: 'DELETE' })).headers.get('allow'), 'PUT, GET, HEAD');
});

test('a failure that nobody foresaw is 500 without a word of what was in it, in the answer and in the log', async () => {
  const { view } = serving.facade;
  serving.facade.view = async () => {
    throw new Error('ada@example.com has code 482193');
  };
  const answer = await serving.request('/v1/reservations/mews-lisbon/R-1', { as: 'operator' });
  serving.facade.view = view;
  assert.equal(answer.status, 500);
  for (const text of [await answer.text(), ...serving.log]) assert.doesNotMatch(text, /ada@|482193/);
  assert.ok(serving.log.some((line) => line.includes('nobody foresaw')));
});

test('one log line and one observation per request, by the pattern of its route and never by its address', async () => {
  await serving.request('/v1/reservations/mews-lisbon/R-SECRET?cursor=CURSOR', { as: 'operator' });
  await serving.request('/pass/TOKEN-IN-PATH');
  const lines = serving.log.filter((line) => line.includes('/v1/reservations/:source/:reservationId'));
  assert.ok(lines.length > 0);
  const metrics = await (await serving.request('/metrics')).text();
  assert.match(
    metrics,
    /latchkey_http_request_seconds_count\{method="GET",route="\/v1\/reservations\/:source\/:reservationId",status="404"\} 1/,
  );
  for (const text of [metrics, ...serving.log]) assert.doesNotMatch(text, /R-SECRET|CURSOR|TOKEN-IN-PATH/);
});

test('the metrics say how many grants nobody owns, and say so where that cannot be known', async () => {
  const shown = async (of: Serving): Promise<string | undefined> =>
    /^latchkey_unowned_grants (.*)$/m.exec(await (await of.request('/metrics')).text())?.[1];
  assert.equal(await shown(serving), '3');
  const blind = await serve({ overrides: { unownedGrants: () => Promise.reject(new Error('Temporal is away')) } });
  assert.match((await shown(blind)) ?? '', /^nan$/i);
  await blind.close();
});

test('alive and ready are open to all; ready follows Temporal, and its checks are told either way', async () => {
  assert.deepEqual(await (await serving.request('/healthz')).json(), { status: 'ok' });
  const checks = { temporal: 'ok', worker: 'ok', seam: 'standin', mail: 'ok', sms: 'ok' } as const;
  assert.deepEqual(await (await serving.request('/readyz')).json(), { ready: true, checks });
  const away = await serve({ overrides: { readiness: async () => ({ ready: false, checks: { ...checks, temporal: 'down' } }) } });
  const answer = await away.request('/readyz');
  await away.close();
  assert.equal(answer.status, 503);
  assert.deepEqual(await answer.json(), { ready: false, checks: { ...checks, temporal: 'down' } });
});

test('lists take only filters that can be right, and pass them on', async () => {
  const list = (query: string): Promise<Response> => serving.request(`/v1/reservations?${query}`, { as: 'viewer' });
  for (const [query, path] of [
    ['limit=abc', 'limit'],
    ['limit=0', 'limit'],
    ['limit=201', 'limit'],
    ['limit=1&limit=2', 'limit'],
    ["status=' OR 1=1 --", 'status'],
    ['readiness=fine', 'readiness'],
    ['arrivingFrom=2027-02-30', 'arrivingFrom'],
    ['arrivingTo=tomorrow', 'arrivingTo'],
  ]) {
    const answer = await list(query ?? '');
    assert.equal(answer.status, 400, query);
    assert.equal(((await answer.json()) as { errors: { path: string }[] }).errors[0]?.path, path);
  }
  serving.asked.length = 0;
  assert.equal((await list('property=harbour-house&status=confirmed&arrivingFrom=2027-02-01&limit=7&cursor=abc&unknown=1')).status, 200);
  const { scope: _scope, ...input } = (serving.asked[0] as { input: Record<string, unknown> }).input;
  assert.deepEqual(input, {
    filters: { property: 'harbour-house', status: 'confirmed', arrivingFrom: '2027-02-01' },
    limit: 7,
    cursor: 'abc',
  });
});
