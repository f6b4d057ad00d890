import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { type TestContext, test } from 'node:test';
import { ApplicationFailure } from '@temporalio/common';
import { simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { createMailAdapter } from '../../../activities/adapters/mail.ts';
import type { MailMessage } from '../../../activities/ports.ts';
import { renderMail } from '../../../activities/words/render-mail.ts';
import { aRecipient, aRoom, aSender, ready, SECRETS } from '../../support/notices.ts';

interface Sink {
  readonly url: string;
  readonly raw: string[];
  readonly recipients: string[][];
}

async function sink(t: TestContext, options: SMTPServerOptions = {}): Promise<Sink> {
  const raw: string[] = [];
  const recipients: string[][] = [];
  const server = new SMTPServer({
    authOptional: true,
    hideSTARTTLS: true,
    disableReverseLookup: true,
    logger: false,
    onData: (stream, session, done) => {
      stream.setEncoding('utf8');
      let text = '';
      stream.on('data', (chunk) => (text += chunk));
      stream.on('end', () => {
        raw.push(text);
        recipients.push(session.envelope.rcptTo.map(({ address }) => address));
        done();
      });
    },
    ...options,
  });
  server.on('error', () => {});
  const listening = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  t.after(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const address = listening.address();
  assert.ok(address !== null && typeof address === 'object');
  return { url: `smtp://127.0.0.1:${address.port}`, raw, recipients };
}

const adapter = (smtpUrl: string) => createMailAdapter({ smtpUrl, from: 'Latchkey <keys@latchkey.example>' });
const never = new AbortController().signal;
const reply = (responseCode: number): Error => Object.assign(new Error('no such user ada@example.com'), { responseCode });

const aMail = (change: Partial<MailMessage> = {}): MailMessage => ({
  ...renderMail({
    notice: ready(aRoom()),
    recipient: aRecipient(),
    sender: aSender(),
    secrets: SECRETS,
    passUrl: null,
    messageId: '<m1.abc@stay.example>',
  }),
  ...change,
});

const failsAs = (expected: { readonly type: string; readonly code: string | null }) => (error: unknown) => {
  assert.ok(error instanceof ApplicationFailure, String(error));
  assert.deepEqual({ type: error.type, details: error.details }, { type: expected.type, details: [{ ...expected, retryAfter: null }] });
  assert.doesNotMatch(`${error.message} ${error.stack} ${JSON.stringify(error.cause)}`, /ada@example\.com/);
  return true;
};

test('a letter arrives with its Message-ID, text, HTML and calendar, marked as written by no person', async (t) => {
  const { url, raw, recipients } = await sink(t);
  const sent = await adapter(url).send(aMail({ replyTo: 'desk@house.example' }), never);
  assert.equal(sent.messageId, '<m1.abc@stay.example>');
  const mail = await simpleParser(raw[0] ?? '');
  assert.deepEqual(recipients, [['ada@example.com']]);
  assert.equal(mail.messageId, '<m1.abc@stay.example>');
  assert.equal(mail.from?.text, '"Latchkey" <keys@latchkey.example>');
  assert.equal(mail.replyTo?.text, 'desk@house.example');
  assert.equal(mail.headers.get('auto-submitted'), 'auto-generated');
  assert.equal(mail.headers.get('content-language'), 'en-GB');
  assert.match(mail.text ?? '', /Code: 482 913/);
  assert.match(mail.html || '', /482 913/);
  const calendar = mail.attachments.find(({ filename }) => filename === 'stay.ics');
  assert.match(calendar?.content.toString() ?? '', /METHOD:PUBLISH/);
  assert.match(raw[0] ?? '', /text\/calendar; charset=utf-8; method=PUBLISH/i);
});

test('nothing in a message makes a header or a recipient of its own', async (t) => {
  const { url, raw, recipients } = await sink(t);
  await adapter(url).send(
    aMail({
      to: 'ada@example.com',
      subject: 'Hello\r\nBcc: eve@example.com\r\n\r\nbody',
      from: 'House, "The" <desk@house.example>',
      calendar: null,
    }),
    never,
  );
  await assert.rejects(adapter(url).send(aMail({ to: 'ada@example.com>\r\nRCPT TO:<eve@example.com' }), never));
  await adapter(url)
    .send(aMail({ to: 'ada@example.com, eve@example.com' }), never)
    .catch(() => {});
  assert.ok(!recipients.flat().includes('eve@example.com'), JSON.stringify(recipients));
  const mail = await simpleParser(raw[0] ?? '');
  assert.equal(mail.bcc, undefined);
  assert.equal(mail.from?.value.at(-1)?.address, 'desk@house.example');
});

test('a refusal for good is told from one for now, at each step, and never quotes the server', async (t) => {
  const cases: readonly { readonly options: SMTPServerOptions; readonly type: string; readonly code: string }[] = [
    { options: { onRcptTo: (_address, _session, done) => done(reply(550)) }, type: 'MailRefused', code: '550' },
    { options: { onRcptTo: (_address, _session, done) => done(reply(451)) }, type: 'MailUnavailable', code: '451' },
    { options: { onMailFrom: (_address, _session, done) => done(reply(553)) }, type: 'MailRefused', code: '553' },
    { options: { onMailFrom: (_address, _session, done) => done(reply(530)) }, type: 'Unauthorized', code: '530' },
    {
      options: { onData: (stream, _session, done) => void stream.resume().on('end', () => done(reply(554))) },
      type: 'MailRefused',
      code: '554',
    },
    {
      options: { onData: (stream, _session, done) => void stream.resume().on('end', () => done(reply(452))) },
      type: 'MailUnavailable',
      code: '452',
    },
    { options: { onConnect: (_session, done) => done(reply(554)) }, type: 'MailUnavailable', code: '554' },
  ];
  for (const { options, type, code } of cases) {
    const { url } = await sink(t, options);
    await assert.rejects(adapter(url).send(aMail(), never), failsAs({ type, code }));
  }
});

test('a refused login is ours to mend, one that the server cannot check now is not', async (t) => {
  for (const [code, type] of [
    [535, 'Unauthorized'],
    [454, 'MailUnavailable'],
  ] as const) {
    const { url } = await sink(t, { authOptional: false, allowInsecureAuth: true, onAuth: (_auth, _session, done) => done(reply(code)) });
    await assert.rejects(adapter(url.replace('//', '//user:secret@')).send(aMail(), never), failsAs({ type, code: String(code) }));
  }
});

test('a server that is not there is unavailable', async () => {
  const closed = createServer().listen(0, '127.0.0.1');
  await once(closed, 'listening');
  const address = closed.address();
  assert.ok(address !== null && typeof address === 'object');
  closed.close();
  await once(closed, 'close');
  await assert.rejects(
    adapter(`smtp://127.0.0.1:${address.port}`).send(aMail(), never),
    failsAs({ type: 'MailUnavailable', code: 'ESOCKET' }),
  );
});

test('a server that hangs up after the message may have taken it, which is told from one that cannot have', async (t) => {
  const server = createServer((socket) => {
    let isMessage = false;
    socket.write('220 here\r\n');
    socket.on('data', (data) => {
      const text = data.toString();
      if (isMessage && text.endsWith('\r\n.\r\n')) socket.destroy();
      if (isMessage) return;
      isMessage = text.startsWith('DATA');
      socket.write(isMessage ? '354 go on\r\n' : '250 well\r\n');
    });
  }).listen(0, '127.0.0.1');
  t.after(() => server.close());
  await once(server, 'listening');
  const address = server.address();
  assert.ok(address !== null && typeof address === 'object');
  const hangsUp = adapter(`smtp://127.0.0.1:${address.port}`).send(aMail(), never);
  await assert.rejects(hangsUp, failsAs({ type: 'MailUnanswered', code: 'ECONNECTION' }));
});

test('a cancelled send ends at once, closes its connection, and throws the reason', { timeout: 5_000 }, async (t) => {
  const cancel = new AbortController();
  const closed = Promise.withResolvers<void>();
  const reason = new Error('cancelled');
  const { url } = await sink(t, { onMailFrom: () => cancel.abort(reason), onClose: () => closed.resolve() });
  await assert.rejects(adapter(url).send(aMail(), cancel.signal), (error) => error === reason);
  await closed.promise;
});
