import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import twilio from 'twilio';
import { createPhone, type Phone } from '../../simulator/phone.ts';
import { until } from '../support/until.ts';

const ACCOUNT = { accountSid: `AC${'0'.repeat(32)}`, authToken: 'token' };
const SMS = { to: '+351912345678', from: '+351910000000', body: 'Code 12 34 56' };

async function openPhone(t: TestContext, file?: string) {
  const phone = await createPhone(file === undefined ? ACCOUNT : { ...ACCOUNT, file });
  t.after(() => phone.stop());
  return { phone, client: clientOf(phone) };
}

function clientOf(phone: Phone, token = ACCOUNT.authToken) {
  const client = twilio(ACCOUNT.accountSid, token);
  client.api.baseUrl = phone.url;
  return client;
}

const refused = (status: number, code: number) => (error: unknown) =>
  error instanceof twilio.RestException && error.status === status && error.code === code;

/** An endpoint for receipts that checks Twilio's signature by Twilio's own library; it refuses the first one with 503. */
async function receiptEndpoint(t: TestContext) {
  const statuses: string[] = [];
  let refusals = 1;
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const form = Object.fromEntries(new URLSearchParams(body));
      const valid = twilio.validateRequest(ACCOUNT.authToken, String(request.headers['x-twilio-signature']), url, form);
      if (refusals > 0) refusals -= 1;
      else statuses.push(valid ? `${form['MessageStatus']} ${form['ErrorCode'] ?? ''}`.trim() : 'forged');
      response.writeHead(statuses.length === 0 ? 503 : 204).end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  // A TCP server's address is an object; only pipes have text.
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/twilio?source=sms`;
  return { url, statuses };
}

test('an SMS is taken, listed, found by number and time, and deleted', async (t) => {
  const { phone, client } = await openPhone(t);
  const { sid, status } = await client.messages.create(SMS);
  assert.equal(status, 'queued');
  const [received] = phone.messages();
  assert.deepEqual(
    { ...received, at: null },
    { channel: 'sms', to: SMS.to, at: null, subject: '', text: SMS.body, html: '', messageId: sid },
  );
  await until('sent on', async () => (await client.messages(sid).fetch()).status === 'delivered');
  const found = await client.messages.list({ to: SMS.to, dateSentAfter: new Date(Date.now() - 60_000) });
  assert.deepEqual(
    found.map((message) => [message.sid, message.body, message.dateSent instanceof Date]),
    [[sid, SMS.body, true]],
  );
  assert.deepEqual(await client.messages.list({ to: '+351910000001' }), []);
  assert.deepEqual(await client.messages.list({ to: SMS.to, dateSentAfter: new Date(Date.now() + 60_000) }), []);
  await client.messages(sid).remove();
  assert.deepEqual(phone.messages(), []);
  await assert.rejects(client.messages(sid).fetch(), refused(404, 20404));
});

test('receipts are signed as Twilio signs them, come in order, and again after a 503', async (t) => {
  const { phone, client } = await openPhone(t);
  const { url, statuses } = await receiptEndpoint(t);
  phone.knobs.receipts({ pause: 1 });
  await client.messages.create({ ...SMS, statusCallback: url });
  await until('two receipts', () => statuses.length === 2);
  phone.knobs.receipts({ outcome: { status: 'undelivered', errorCode: 30003 } });
  await client.messages.create({ ...SMS, statusCallback: url });
  await until('two more', () => statuses.length === 4);
  assert.deepEqual(statuses, ['sent', 'delivered', 'sent', 'undelivered 30003']);
});

test('what Twilio refuses is refused with its codes, and takes nothing', async (t) => {
  const { phone, client } = await openPhone(t);
  await assert.rejects(client.messages.create({ ...SMS, to: '12345' }), refused(400, 21211));
  await assert.rejects(clientOf(phone, 'wrong').messages.create(SMS), refused(401, 20003));
  phone.knobs.fault({ kind: 'refuse', to: SMS.to, times: 1, status: 400, code: 21610 });
  await client.messages.create({ ...SMS, to: '+351910000002' });
  await assert.rejects(client.messages.create(SMS), refused(400, 21610));
  phone.knobs.fault({ kind: 'refuse', to: null, times: 1, status: 429, code: 20429, retryAfter: 3 });
  await assert.rejects(client.messages.create(SMS), refused(429, 20429));
  assert.deepEqual(
    phone.messages().map(({ to }) => to),
    ['+351910000002'],
  );
});

test('a lost answer was taken, a cut request was not, and a restart keeps what was', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-phone-'));
  t.after(() => rm(folder, { recursive: true }));
  const file = join(folder, 'phone.jsonl');
  const { phone, client } = await openPhone(t, file);
  phone.knobs.fault({ kind: 'lose', to: null, times: 1 });
  await assert.rejects(client.messages.create({ ...SMS, body: 'lost' }));
  phone.knobs.fault({ kind: 'cut', to: null, times: 1 });
  await assert.rejects(client.messages.create({ ...SMS, body: 'cut' }));
  await phone.knobs.down();
  await assert.rejects(client.messages.create({ ...SMS, body: 'down' }));
  await phone.knobs.up();
  await client.messages.create({ ...SMS, body: 'up' });
  await phone.stop();
  const again = await openPhone(t, file);
  assert.deepEqual(
    again.phone.messages().map(({ text }) => text),
    ['lost', 'up'],
  );
});
