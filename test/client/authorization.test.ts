import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { RATES } from '../../client/http/rate-limits.ts';
import { type As, booking, put, type Serving, serve } from './serving.ts';

let serving: Serving;
before(async () => {
  serving = await serve();
});
after(() => serving.close());

const RESERVATION = '/v1/reservations/mews-lisbon/R-1';
const ROUTES = [
  { method: 'PUT', path: RESERVATION },
  { method: 'GET', path: RESERVATION },
  { method: 'GET', path: '/v1/reservations' },
  { method: 'POST', path: `${RESERVATION}/actions/revoke` },
  { method: 'POST', path: `${RESERVATION}/actions/nothing` },
  { method: 'GET', path: '/v1/brakes' },
  { method: 'POST', path: '/v1/brakes/b1/approve' },
];

test('without a valid token every route of /v1 answers 401 as a problem, whatever is sent, and asks nothing', async () => {
  const wrong = [
    undefined,
    'Bearer',
    'Bearer ',
    'Bearer wrong',
    'Bearer pms-token-012345678',
    'Basic pms-token-0123456789',
    'pms-token-0123456789',
  ];
  for (const { method, path } of ROUTES) {
    for (const authorization of wrong) {
      const body = method === 'GET' ? {} : { body: '{"broken', headers: { 'content-type': 'application/json' } };
      const answer = await serving.request(path, {
        method,
        ...body,
        headers: { ...body.headers, ...(authorization === undefined ? {} : { authorization }) },
      });
      assert.equal(answer.status, 401, `${method} ${path} with ${authorization}`);
      assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/);
      assert.match(answer.headers.get('www-authenticate') ?? '', /^Bearer/);
    }
  }
  assert.deepEqual(serving.asked, []);
});

test('each role may do what it may and gets 403 for the rest, also for actions that do not exist', async () => {
  const expected: Record<'pms' | 'viewer' | 'operator', readonly number[]> = {
    pms: [202, 404, 200, 403, 403, 403, 403],
    viewer: [403, 404, 200, 403, 403, 403, 403],
    operator: [202, 404, 200, 404, 404, 200, 404],
  };
  for (const as of ['pms', 'viewer', 'operator'] as const) {
    const got = [];
    for (const { method, path } of ROUTES) {
      const init = method === 'GET' ? {} : { body: JSON.stringify(booking()), headers: { 'content-type': 'application/json' } };
      got.push((await serving.request(path, { method, as, ...init })).status);
    }
    assert.deepEqual(got, expected[as], as);
  }
});

test('pms is refused every action of the contract by its role, built or not', async () => {
  for (const action of [
    'resend',
    'hold',
    'release',
    'revoke',
    'retry',
    'change-departure',
    'encode-card',
    'unlock',
    'mobile-session',
    'erase',
  ]) {
    for (const as of ['pms', 'viewer'] as const)
      assert.equal((await serving.request(`${RESERVATION}/actions/${action}`, { method: 'POST', as })).status, 403);
  }
});

test('what lies outside a token reads as unknown, and its scope goes with every question', async () => {
  const outside: readonly (readonly [As, string])[] = [
    ['lisbon', '/v1/reservations/mews-porto/R-1'],
    ['harbour', RESERVATION],
  ];
  for (const [as, path] of outside)
    assert.equal((await put(serving, { ...booking(), propertyId: 'hill-house' }, { as, path })).status, 404);
  assert.equal((await put(serving, booking(), { as: 'lisbon' })).status, 202);
  assert.equal((await put(serving, booking(), { as: 'harbour' })).status, 202);
  serving.asked.length = 0;
  await serving.request('/v1/reservations', { as: 'lisbon' });
  await serving.request(RESERVATION, { as: 'harbour' });
  const scopes = serving.asked
    .map(({ input }) => (input as { scope: { sources: unknown; properties: unknown } }).scope)
    .map(({ sources, properties }) => ({ sources, properties }));
  assert.deepEqual(scopes, [
    { sources: ['mews-lisbon'], properties: null },
    { sources: null, properties: ['harbour-house'] },
  ]);
});

test('who guesses tokens is stopped by 429 while those who have one go on; a token has its own limit', async () => {
  const strict = await serve({ rates: { ...RATES, refused: { max: 3, windowMs: 60_000 }, call: { max: 5, windowMs: 60_000 } } });
  try {
    const guesses = [];
    for (let i = 0; i < 4; i += 1)
      guesses.push((await strict.request('/v1/reservations', { headers: { authorization: `Bearer guess-${i}` } })).status);
    assert.deepEqual(guesses, [401, 401, 401, 429]);
    const calls = [];
    for (let i = 0; i < 6; i += 1) calls.push(await strict.request('/v1/reservations', { as: 'pms' }));
    assert.deepEqual(
      calls.map(({ status }) => status),
      [200, 200, 200, 200, 200, 429],
    );
    assert.ok(Number(calls[5]?.headers.get('retry-after')) >= 1);
    assert.equal((await strict.request('/v1/reservations', { as: 'operator' })).status, 200);
  } finally {
    await strict.close();
  }
});
