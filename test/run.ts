/**
 * `npm test`: the checks, then every test, two files at a time; those of the whole system alone, for they kill, measure and hold others to
 * deadlines. Fetches Temporal's servers first, so that no test waits for them.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findTemporal, TEMPORAL_CLI, TEMPORAL_TEST_SERVER } from '../simulator/temporal-binary.ts';

const root = join(import.meta.dirname, '..');
const run = (...options: readonly string[]): boolean => spawnSync(process.execPath, options, { cwd: root, stdio: 'inherit' }).status === 0;

for (const program of [TEMPORAL_CLI, TEMPORAL_TEST_SERVER]) {
  const { how } = await findTemporal({ program });
  console.log(`${program.executable}: ${how}`);
}
const isClean = run('test/check.ts');
const folders = readdirSync(join(root, 'test'), { withFileTypes: true }).filter((entry) => entry.isDirectory() && entry.name !== 'system');
const isGreen = run('--test', '--test-concurrency=2', ...folders.map(({ name }) => `test/${name}/**/*.test.ts`));
const isWhole = run('--test', '--test-concurrency=1', 'test/system/*.test.ts');
process.exitCode = isClean && isGreen && isWhole ? 0 : 1;
