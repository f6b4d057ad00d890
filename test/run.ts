/** `npm test`: the checks, then every test, two files at a time. Fetches Temporal's servers first, so that no test waits for them. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { findTemporal, TEMPORAL_CLI, TEMPORAL_TEST_SERVER } from '../simulator/temporal-binary.ts';

const root = join(import.meta.dirname, '..');
const run = (...options: readonly string[]): boolean => spawnSync(process.execPath, options, { cwd: root, stdio: 'inherit' }).status === 0;

for (const program of [TEMPORAL_CLI, TEMPORAL_TEST_SERVER]) {
  const { how } = await findTemporal({ program });
  console.log(`${program.executable}: ${how}`);
}
const isClean = run('test/check.ts');
const isGreen = run('--test', '--test-concurrency=2', 'test/**/*.test.ts');
process.exitCode = isClean && isGreen ? 0 : 1;
