import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createTransport } from 'nodemailer';
import { createMailbox, type Mailbox } from '../../simulator/mailbox.ts';

const MAIL = {
  from: 'desk@harbour.example',
  to: 'ada@example.com',
  subject: 'Überraschung',
  text: 'Code 12 34 56',
  html: '<b>12 34 56</b>',
  messageId: '<m1@latchkey>',
};

/** Sends one mail over a connection of its own. */
async function send(mailbox: Mailbox, change: object = {}): Promise<void> {
  const transport = createTransport(mailbox.url);
  try {
    await transport.sendMail({ ...MAIL, ...change });
  } finally {
    transport.close();
  }
}

const answered = (code: number) => (error: unknown) => error instanceof Error && 'responseCode' in error && error.responseCode === code;

test('a mail is kept as it was written, once for each recipient, also over a restart', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-mail-'));
  t.after(() => rm(folder, { recursive: true }));
  const file = join(folder, 'mail.jsonl');
  const mailbox = await createMailbox({ file });
  await send(mailbox, { to: ['ada@example.com', 'bob@example.com'] });
  const kept = mailbox.messages();
  assert.deepEqual(
    kept.map(({ to }) => to),
    ['ada@example.com', 'bob@example.com'],
  );
  const [{ at, html, text, ...rest } = assert.fail()] = kept;
  assert.deepEqual(rest, { channel: 'email', to: 'ada@example.com', subject: 'Überraschung', messageId: '<m1@latchkey>' });
  assert.ok(text.includes('12 34 56') && html.includes('<b>12 34 56</b>') && Date.parse(at) <= Date.now());
  await mailbox.stop();
  const again = await createMailbox({ file });
  t.after(() => again.stop());
  assert.deepEqual(again.messages(), kept);
});

test('an address is refused for now or for good, and others are not', async (t) => {
  const mailbox = await createMailbox();
  t.after(() => mailbox.stop());
  mailbox.knobs.refuse({ address: 'ada@example.com', code: 451 });
  await assert.rejects(send(mailbox), answered(451));
  mailbox.knobs.refuse({ address: 'Ada@example.com', code: 550 });
  await assert.rejects(send(mailbox), answered(550));
  await send(mailbox, { to: 'bob@example.com' });
  mailbox.knobs.accept('ada@example.com');
  await send(mailbox);
  assert.deepEqual(
    mailbox.messages().map(({ to }) => to),
    ['bob@example.com', 'ada@example.com'],
  );
});

test('a lost answer leaves the mail, a server that is down takes none, and both end', async (t) => {
  const mailbox = await createMailbox();
  t.after(() => mailbox.stop());
  mailbox.knobs.loseAnswers(1);
  await assert.rejects(send(mailbox));
  await send(mailbox);
  assert.deepEqual(
    mailbox.messages().map(({ messageId }) => messageId),
    ['<m1@latchkey>', '<m1@latchkey>'],
  );
  await mailbox.knobs.down();
  await assert.rejects(send(mailbox), { code: 'ESOCKET' });
  await mailbox.knobs.up();
  await send(mailbox);
  assert.equal(mailbox.messages().length, 3);
});
