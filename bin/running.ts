/** One `start` per data folder: a second one would take Temporal's database away from the first. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Refused } from '../client/cli/failure.ts';
import type { Lifetime } from './lifetime.ts';

const runningSchema = z.object({ pid: z.int(), url: z.url() });

interface Claim {
  /** The address at which the next `start` can tell that this one is alive. */
  tell(url: string): void;
}

/** @throws Refused where another one runs on the folder */
export async function claimDataFolder({ dataDir, lifetime }: { dataDir: string; lifetime: Lifetime }): Promise<Claim> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = join(dataDir, 'running.json');
  const other = runningSchema.safeParse(parsed(file)).data;
  if (other !== undefined && (await isAlive(other)))
    throw new Refused(
      `Latchkey runs on the data folder ${dataDir} already, at ${other.url} (process ${other.pid}). End it, or set LATCHKEY_DATA_DIR.`,
    );
  return {
    tell: (url) => {
      writeFileSync(file, JSON.stringify({ pid: process.pid, url }));
      lifetime.onEnd('claim on the data folder', async () => rmSync(file, { force: true }));
    },
  };
}

function parsed(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

/** Both: after a kill the process id may be another program's, and so may the port. */
async function isAlive({ pid, url }: z.output<typeof runningSchema>): Promise<boolean> {
  try {
    process.kill(pid, 0);
    const answer = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(1_000) });
    return answer.ok;
  } catch {
    return false;
  }
}
