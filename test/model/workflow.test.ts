import { test } from 'node:test';
import { usePlayedWorkflow } from './workflow.ts';

/** About a minute. */
const RUNS = Number(process.env['LATCHKEY_MODEL_RUNS'] ?? 200);

const play = usePlayedWorkflow();

test('the running workflow keeps every promise, whatever the PMS, Seam, the channels, the clock and the operators do', async () => {
  await play({ runs: RUNS });
});
