/** A role of the engine as a process of its own, kept alive as an orchestrator would, which a test may kill. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const root = join(import.meta.dirname, '../..');

/** What a role says once it works. */
const IS_UP = { worker: 'worker polls', serve: 'HTTP server listens' } as const;

/** Milliseconds, on a machine that has much else to do. */
const STARTS_WITHIN = 60_000;

interface Role {
  readonly role: 'worker' | 'serve';
  readonly env: NodeJS.ProcessEnv;
  /** Its output, of all its lives. */
  readonly logFile: string;
}

export class LatchkeyProcess {
  readonly #of: Role;
  #child: ChildProcess | null = null;
  /** How often it had worked before its present life. */
  #upBefore = 0;
  /** How often it ended although nobody had told it to. */
  endedByItself = 0;

  constructor(of: Role) {
    this.#of = of;
    // A test that is broken off leaves nothing behind.
    process.once('exit', () => void this.#child?.kill('SIGKILL'));
  }

  start(): void {
    const { role, env, logFile } = this.#of;
    this.#upBefore = this.#timesUp();
    const log = openSync(logFile, 'a', 0o600);
    const child = spawn(process.execPath, ['bin/latchkey.js', role], { cwd: root, env, stdio: ['ignore', log, log] });
    closeSync(log);
    this.#child = child;
    child.once('exit', () => {
      if (this.#child !== child) return;
      this.endedByItself += 1;
      this.start();
    });
  }

  /** Its present life has got as far as working. @throws Error after a minute */
  async whenUp(): Promise<void> {
    const deadline = Date.now() + STARTS_WITHIN;
    while (this.#timesUp() === this.#upBefore) {
      if (Date.now() > deadline) throw new Error(`The ${this.#of.role} did not come up; its output is in ${this.#of.logFile}.`);
      await sleep(100);
    }
  }

  #timesUp(): number {
    const { role, logFile } = this.#of;
    return existsSync(logFile) ? readFileSync(logFile, 'utf8').split(IS_UP[role]).length - 1 : 0;
  }

  /** Ends it for good, by `kill -9`, and only this one: its own id, while it is our child. */
  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }
}
