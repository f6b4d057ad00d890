import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, beforeEach, test } from 'node:test';
import { statusCallbackUrl } from '../../client/http/status-callback.ts';
import { TemporalUnavailable } from '../../client/refusals.ts';
import { PUBLIC_URL, type Serving, serve, TWILIO_TOKEN } from './serving.ts';

let serving: Serving;
before(async () => {
  serving = await serve();
});
beforeEach(() => {
  serving.asked.length = 0;
});
after(() => serving.close());

const CALLBACK = statusCallbackUrl({ publicUrl: PUBLIC_URL, workflowId: 'latchkey:mews-lisbon:R-1', messageId: 'm3' });
const FORM = { MessageSid: 'SM0123456789abcdef0123456789abcdef', MessageStatus: 'failed', ErrorCode: '30003', To: '+351912345678' };

/** As Twilio documents it: the whole address, then each field with its value in the order of the names. */
function sign(url: string, form: Record<string, string>): string {
  const fields = Object.entries(form).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHmac('sha1', TWILIO_TOKEN)
    .update(url + fields.flat().join(''))
    .digest('base64');
}

const post = ({
  url = CALLBACK,
  form = FORM,
  signature,
}: {
  url?: string;
  form?: Record<string, string>;
  signature?: string;
}): Promise<Response> =>
  serving.request(url.slice(PUBLIC_URL.length), {
    method: 'POST',
    body: new URLSearchParams(form),
    headers: signature === undefined ? {} : { 'x-twilio-signature': signature },
  });

test('a status that Twilio signed for the public address reaches the message it is about', async () => {
  assert.equal((await post({ signature: sign(CALLBACK, FORM) })).status, 204);
  const receipt = { messageId: 'm3', sid: FORM.MessageSid, status: 'failed', errorCode: '30003' };
  assert.deepEqual(serving.asked, [{ method: 'receipt', input: { workflowId: 'latchkey:mews-lisbon:R-1', receipt } }]);
});

test('unsigned, forged and altered callbacks are 401 and reach nothing', async () => {
  const good = sign(CALLBACK, FORM);
  const other = statusCallbackUrl({ publicUrl: PUBLIC_URL, workflowId: 'latchkey:mews-lisbon:R-2', messageId: 'm3' });
  const answers = [
    await post({}),
    await post({ signature: '' }),
    await post({ signature: 'AAAAAAAAAAAAAAAAAAAAAAAAAAA=' }),
    await post({ signature: good, form: { ...FORM, MessageStatus: 'delivered' } }),
    await post({ signature: good, url: other }),
  ];
  assert.deepEqual(
    answers.map(({ status }) => status),
    [401, 401, 401, 401, 401],
  );
  assert.deepEqual(serving.asked, []);
});

test('a signed callback that names no message is taken and dropped', async () => {
  const plain = `${PUBLIC_URL}/webhooks/twilio`;
  const incoming = { MessageSid: FORM.MessageSid, Body: 'STOP' };
  assert.equal((await post({ url: plain, signature: sign(plain, FORM) })).status, 204);
  assert.equal((await post({ form: incoming, signature: sign(CALLBACK, incoming) })).status, 204);
  assert.deepEqual(serving.asked, []);
});

test('503 with Retry-After while Temporal cannot take it', async () => {
  const { receipt } = serving.facade;
  serving.facade.receipt = async () => {
    throw new TemporalUnavailable('away');
  };
  const answer = await post({ signature: sign(CALLBACK, FORM) });
  serving.facade.receipt = receipt;
  assert.equal(answer.status, 503);
  assert.ok(Number(answer.headers.get('retry-after')) > 0);
});

test('without an SMS service nothing is authentic', async () => {
  const silent = await serve({ overrides: { twilioAuthToken: null } });
  const url = CALLBACK.slice(PUBLIC_URL.length);
  const answer = await silent.request(url, {
    method: 'POST',
    body: new URLSearchParams(FORM),
    headers: { 'x-twilio-signature': sign(CALLBACK, FORM) },
  });
  await silent.close();
  assert.equal(answer.status, 401);
});
