/** `npm run check`: types, lint with its walls, formatting, dead code. One failing part fails the whole; all of them are run. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const CHECKS: Readonly<Record<string, readonly string[]>> = {
  types: ['tsc', '--noEmit'],
  lint: ['oxlint', '--type-aware', '--deny-warnings'],
  format: ['biome', 'check', '--error-on-warnings'],
  'dead code': ['knip', '--no-progress'],
};

const failed = Object.entries(CHECKS).filter(([name, [command = '', ...options]]) => {
  const { status } = spawnSync(join(root, 'node_modules', '.bin', command), options, { cwd: root, stdio: 'inherit' });
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${name}`);
  return status !== 0;
});

process.exitCode = failed.length === 0 ? 0 : 1;
