/** The Temporal SDK's own download of its servers, bounded in time so that a closed network is noticed within seconds. */
import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { chmod, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { z } from 'zod';

const run = promisify(execFile);

/** The version of `@temporalio/*`: the service answers with the server that fits it. */
export const SDK_VERSION = '1.24.0';

/** Milliseconds for the question where the archive is; it also tells whether there is a network at all. */
const PROBE = 3_000;
/** Milliseconds for the archive, some 50 MB. */
const TRANSFER = 120_000;

const PLATFORMS: Readonly<Record<string, string>> = { linux: 'linux', darwin: 'darwin', win32: 'windows' };
const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };

const whereabouts = z.object({ archiveUrl: z.url(), fileToExtract: z.string().min(1) });

interface Download {
  readonly program: { readonly artifact: string };
  /** The file that it becomes. */
  readonly destination: string;
  readonly downloads: string | undefined;
}

async function get(url: URL, milliseconds: number): Promise<Response> {
  const response = await fetch(url, { signal: AbortSignal.timeout(milliseconds) });
  if (!response.ok) throw new Error(`${url.host} answered ${response.status}`);
  return response;
}

function question({ program, downloads = 'https://temporal.download' }: Download): URL {
  const platform = PLATFORMS[process.platform];
  const arch = ARCHITECTURES[process.arch];
  if (platform === undefined || arch === undefined) throw new Error(`there is none for ${process.platform} ${process.arch}`);
  const url = new URL(`${downloads}/${program.artifact}/default`);
  url.search = new URLSearchParams({
    arch,
    platform,
    format: 'tar.gz',
    'sdk-name': 'sdk-typescript',
    'sdk-version': SDK_VERSION,
  }).toString();
  return url;
}

/** Unpacks beside the destination and renames: processes that do the same at the same time each leave a whole file. @throws Error */
export async function downloadExecutable(download: Download): Promise<string> {
  const answer = await get(question(download), PROBE);
  const { archiveUrl, fileToExtract } = whereabouts.parse(await answer.json());
  const folder = await mkdtemp(join(dirname(download.destination), 'download-'));
  try {
    const archive = await get(new URL(archiveUrl), TRANSFER);
    if (archive.body === null) throw new Error('the archive is empty');
    const file = join(folder, 'archive');
    await pipeline(Readable.fromWeb(archive.body), createWriteStream(file));
    await run('tar', ['-xf', file, '-C', folder, fileToExtract]);
    const executable = join(folder, fileToExtract);
    await chmod(executable, 0o755);
    await rename(executable, download.destination);
    return download.destination;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
