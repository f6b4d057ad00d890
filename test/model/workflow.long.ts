/** `npm run test:long`. */
import { test } from 'node:test';
import { usePlayedWorkflow } from './workflow.ts';

/** A quarter of an hour. */
const RUNS = Number(process.env['LATCHKEY_MODEL_RUNS'] ?? 3_000);

const play = usePlayedWorkflow();

test('the running workflow keeps every promise in thousands of runs', async () => {
  await play({ runs: RUNS });
});
