import { test } from 'node:test';
import { usePlayedWorkflow } from './workflow.ts';

/** About a minute. */
const RUNS = Number(process.env['LATCHKEY_MODEL_RUNS'] ?? 200);
/** The same each time, so that a change is judged by what it changes; the long run draws another. */
const SEED = 1;

const play = usePlayedWorkflow();

test('the running workflow keeps every promise, whatever the PMS, Seam, the channels, the clock and the operators do', async () => {
  await play({ runs: RUNS, seed: SEED });
});
