import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, beforeEach, test } from 'node:test';
import { TemporalUnavailable } from '../../client/refusals.ts';
import { OLD_SEAM_SECRET, SEAM_SECRET, type Serving, serve } from './serving.ts';

let serving: Serving;
before(async () => {
  serving = await serve();
});
beforeEach(() => {
  serving.asked.length = 0;
});
after(() => serving.close());

const EVENT = JSON.stringify({
  event_id: 'e-1',
  event_type: 'access_method.issued',
  code: '482193',
  access_method_id: 'm',
  access_grant_ids: ['g'],
});

/** As Svix signs: over id, time and raw body, with the decoded part after `whsec_`. */
function sign(
  body: string,
  { secret = SEAM_SECRET, id = 'msg_1', at = Date.now() / 1000 }: { secret?: string; id?: string; at?: number } = {},
): Record<string, string> {
  const timestamp = String(Math.floor(at));
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  return {
    'svix-id': id,
    'svix-timestamp': timestamp,
    'svix-signature': `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`,
  };
}

const post = (body: string, headers: Record<string, string>): Promise<Response> =>
  serving.request('/webhooks/seam', { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });

test('what Seam did not sign in the last five minutes, over exactly these bytes, is 401 and reaches nothing', async () => {
  const good = sign(EVENT);
  const { 'svix-timestamp': _time, ...timeless } = good;
  const forged: Record<string, Record<string, string>> = {
    unsigned: {},
    'wrong key': sign(EVENT, { secret: 'whsec_QUJDREVGR0hJSktMTU5PUFFSU1RVVldY' }),
    'six minutes old': sign(EVENT, { at: Date.now() / 1000 - 360 }),
    'six minutes ahead': sign(EVENT, { at: Date.now() / 1000 + 360 }),
    'another body': sign(`${EVENT} `),
    'another message': { ...good, 'svix-id': 'msg_2' },
    'empty signature': { ...good, 'svix-signature': '' },
    'unknown scheme': { ...good, 'svix-signature': (good['svix-signature'] ?? '').replace('v1,', 'v2,') },
    'no time': timeless,
    'a word for a time': { ...good, 'svix-timestamp': 'now' },
  };
  for (const [what, headers] of Object.entries(forged)) {
    const answer = await post(EVENT, headers);
    assert.equal(answer.status, 401, what);
    assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/);
  }
  assert.deepEqual(serving.asked, []);
});

test('a signature by any of the secrets, among others and under any content type, is taken with 204', async () => {
  const good = sign(EVENT);
  for (const headers of [
    good,
    sign(EVENT, { secret: OLD_SEAM_SECRET }),
    { ...good, 'svix-signature': `v1,AAAA ${good['svix-signature']}` },
    { ...good, 'content-type': 'text/plain' },
  ]) {
    const answer = await post(EVENT, headers);
    assert.equal(answer.status, 204);
    assert.equal(await answer.text(), '');
  }
  assert.equal(serving.asked.length, 4);
});

test('a signed body that holds no event is taken and dropped, for it will never become readable', async () => {
  for (const body of ['not json', '[]', '{"event_type":7}', '']) assert.equal((await post(body, sign(body))).status, 204, body);
  assert.deepEqual(serving.asked, []);
  assert.match(await (await serving.request('/metrics')).text(), /latchkey_webhooks_total\{sender="seam",outcome="unreadable"\} 4/);
});

test('503 with Retry-After while Temporal cannot take it, so that Seam sends it again', async () => {
  const { seamEvent } = serving.facade;
  serving.facade.seamEvent = async () => {
    throw new TemporalUnavailable('away');
  };
  const answer = await post(EVENT, sign(EVENT));
  serving.facade.seamEvent = seamEvent;
  assert.equal(answer.status, 503);
  assert.ok(Number(answer.headers.get('retry-after')) > 0);
});

test('no log line holds what an event carried', async () => {
  await post(EVENT, sign(EVENT));
  assert.ok(serving.log.some((line) => line.includes('"/webhooks/seam"')));
  assert.ok(serving.log.every((line) => !line.includes('482193')));
});
