/**
 * A dev server outlives a parent that was killed, and holds its database. The next start finds it by a file beside the
 * database, makes sure that the process is really that server and nobody's child any more, and ends it.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds that a server gets to close its database. */
const PATIENCE = 5_000;

interface Server {
  readonly databaseFile: string;
  readonly pid: number;
}

const pidFile = (databaseFile: string): string => `${databaseFile}.pid`;

export function rememberServer({ databaseFile, pid }: Server): void {
  writeFileSync(pidFile(databaseFile), `${pid} ${process.pid}\n`, { mode: 0o600 });
}

export function forgetServer(databaseFile: string): void {
  rmSync(pidFile(databaseFile), { force: true });
}

/** Parent and command line of a process, or null when there is none. Process ids are used again: an id alone proves nothing. */
function look(pid: number): { readonly parent: number; readonly command: string } | null {
  try {
    if (existsSync('/proc/self/stat')) {
      // The second field is the program's name in parentheses and may hold anything; the parent is the second one after it.
      const parent = Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1]);
      return { parent, command: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ') };
    }
    const [parent = '', ...command] = execFileSync('ps', ['-ww', '-o', 'ppid=,command=', '-p', String(pid)], { encoding: 'utf8' })
      .trim()
      .split(/\s+/);
    return { parent: Number(parent), command: command.join(' ') };
  } catch {
    return null;
  }
}

function parentOfServer({ databaseFile, pid }: Server): number | null {
  const found = look(pid);
  return found?.command.includes('start-dev') && found.command.includes(databaseFile) ? found.parent : null;
}

async function ends(server: Server): Promise<boolean> {
  const deadline = Date.now() + PATIENCE;
  while (parentOfServer(server) !== null) {
    if (Date.now() > deadline) return false;
    await sleep(50);
  }
  return true;
}

function signal(pid: number, name: 'SIGTERM' | 'SIGKILL'): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended by itself meanwhile.
  }
}

/**
 * True when there was one and it is gone now. `databaseFile` is absolute, as it stands in the server's command line.
 * @throws Error when the server's parent is still alive: then the database is in use.
 */
export async function endOrphan(databaseFile: string): Promise<boolean> {
  const file = pidFile(databaseFile);
  if (!existsSync(file)) return false;
  const [pid = Number.NaN, owner] = readFileSync(file, 'utf8').trim().split(' ').map(Number);
  const parent = Number.isSafeInteger(pid) && pid > 1 ? parentOfServer({ databaseFile, pid }) : null;
  if (parent !== null && parent === owner) {
    throw new Error(`The database ${databaseFile} is in use by process ${owner}. End that one first, or choose another data folder.`);
  }
  if (parent !== null) {
    signal(pid, 'SIGTERM');
    if (!(await ends({ databaseFile, pid }))) signal(pid, 'SIGKILL');
    await ends({ databaseFile, pid });
  }
  forgetServer(databaseFile);
  return parent !== null;
}
