/** `npm run test:long`. */
import { test } from 'node:test';
import { usePlayedWorkflow } from './workflow.ts';

/** Some minutes. */
const RUNS = Number(process.env['LATCHKEY_MODEL_RUNS'] ?? 3_000);

const play = usePlayedWorkflow();

test('the running workflow keeps every promise in thousands of runs', async () => {
  await play({ runs: RUNS, seed: Date.now() % 2 ** 31 });
});
