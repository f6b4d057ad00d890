import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, test } from 'node:test';
import type { MailboxMessage } from '../../client/http/mailbox-route.ts';
import { type Serving, serve } from './serving.ts';

const message = (fields: Partial<MailboxMessage>): MailboxMessage => ({
  channel: 'email',
  to: 'ada@example.com',
  at: '2026-12-01T10:00:00.000Z',
  subject: 'Your key',
  text: 'Code 4821',
  html: '<p>4821</p>',
  messageId: '<1@x>',
  ...fields,
});

const MESSAGES = [
  message({ messageId: 'first' }),
  message({
    messageId: 'last',
    at: '2026-12-01T11:00:00.000Z',
    channel: 'sms',
    subject: '<script>alert(1)</script>',
    text: `"><img src=x onerror='alert(1)'>`,
  }),
];

let serving: Serving;
before(async () => {
  serving = await serve({ mailbox: MESSAGES });
});
after(() => serving.close());

/** fetch does not let a Host header through. */
const statusFor = (host: string): Promise<number> =>
  new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port: serving.port, path: '/dev/mailbox', headers: { host } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });

test('the mailbox is JSON by Accept, newest first', async () => {
  const answer = await serving.request('/dev/mailbox', { headers: { accept: 'application/json' } });
  const { messages } = (await answer.json()) as { messages: MailboxMessage[] };
  assert.deepEqual(messages, MESSAGES.toReversed());
});

test('and else a page, in which nothing of a message is markup', async () => {
  const answer = await serving.request('/dev/mailbox', { headers: { accept: 'text/html' } });
  const page = await answer.text();
  assert.match(answer.headers.get('content-type') ?? '', /^text\/html/);
  assert.match(answer.headers.get('content-security-policy') ?? '', /default-src 'none'/);
  assert.match(page, /Code 4821/);
  assert.doesNotMatch(page, /<script|<img/);
});

test('there is none without a stand-in, and none under a name that is not this machine', async () => {
  assert.equal(await statusFor(`127.0.0.1:${serving.port}`), 200);
  assert.equal(await statusFor(`localhost:${serving.port}`), 200);
  assert.equal(await statusFor('evil.example'), 404);
  const production = await serve();
  assert.equal((await production.request('/dev/mailbox')).status, 404);
  await production.close();
});

test('a proxy that speaks for somebody else sees none', async () => {
  const behind = await serve({ mailbox: MESSAGES, overrides: { trustProxy: 1 } });
  assert.equal((await behind.request('/dev/mailbox', { headers: { 'x-forwarded-for': '203.0.113.9' } })).status, 404);
  assert.equal((await behind.request('/dev/mailbox')).status, 200);
  await behind.close();
});
