import assert from 'node:assert/strict';
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import { z } from 'zod';
import { freePort } from '../support/free-port.ts';
import { until } from '../support/until.ts';

const root = join(import.meta.dirname, '../..');
const LATCHKEY = join(root, 'bin/latchkey.js');
const mailboxSchema = z.object({ messages: z.array(z.object({ channel: z.string(), to: z.string() })) });

interface Started {
  readonly child: ChildProcess;
  readonly url: string;
  /** Of Temporal's dev server. */
  readonly temporalPid: number;
}

/** Whatever a test that fails leaves behind. */
const left = new Set<number>();
after(() => {
  for (const pid of left) if (lives(pid)) process.kill(pid, 'SIGKILL');
});

/** In a process group of its own, as a terminal has it. */
async function start(env: NodeJS.ProcessEnv): Promise<Started> {
  const child = spawn(process.execPath, [LATCHKEY, 'start'], { cwd: root, env, detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
  if (child.pid !== undefined) left.add(child.pid);
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /^ready (\S+)$/.exec(line)?.[1];
    if (url === undefined) continue;
    const pidFile = join(env['LATCHKEY_DATA_DIR'] ?? '', 'temporal.db.pid');
    const temporalPid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10);
    assert.ok(lives(temporalPid));
    left.add(temporalPid);
    return { child, url, temporalPid };
  }
  throw new Error('`latchkey start` ended before it was ready');
}

async function end({ child }: Started, signal: 'SIGINT' | 'SIGKILL'): Promise<unknown> {
  const ended = once(child, 'exit');
  process.kill(-(child.pid ?? 0), signal);
  const [status] = await ended;
  return status;
}

function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test('a stay booked by one command is told to the guest, and is still there after a kill; Ctrl-C ends every child', async (t) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'latchkey-start-'));
  t.after(() => rmSync(dataDir, { recursive: true, force: true }));
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], LATCHKEY_DATA_DIR: dataDir, LATCHKEY_PORT: String(await freePort()) };
  const latchkey = async (...args: readonly string[]): Promise<string> =>
    (await promisify(execFile)(process.execPath, [LATCHKEY, ...args], { cwd: root, env })).stdout;
  const told = async (): Promise<boolean> => /Ada Lovelace \(g1\), told: (accepted|delivered)/.test(await latchkey('show', 'demo:R-1'));

  const first = await start(env);
  await latchkey('book', 'demo:R-1', join(dataDir, 'example-booking.json'));
  const messages = await until('both messages in the mailbox', async () => {
    const answer = await fetch(`${first.url}/dev/mailbox`, { headers: { accept: 'application/json' } });
    const { messages } = mailboxSchema.parse(await answer.json());
    return messages.length >= 2 && messages;
  });
  assert.deepEqual(messages.map(({ channel }) => channel).sort(), ['email', 'sms']);
  await until('the view that says so', told);
  await end(first, 'SIGKILL');
  assert.ok(lives(first.temporalPid), 'nothing was left to be found');

  const second = await start(env);
  assert.equal(lives(first.temporalPid), false, 'the Temporal that a kill left behind still runs');
  assert.ok(await told());
  assert.equal(await end(second, 'SIGINT'), 0);
  assert.equal(lives(second.temporalPid), false, 'Temporal outlived a Ctrl-C');
});
