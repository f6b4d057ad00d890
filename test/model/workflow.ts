/** The model of the running workflow, played on one server and worker under a seed of its own, or that of a counterexample. */
import { useTimeSkippingServer } from '../support/time-skipping-server.ts';
import { checkAgain, checkRuns } from './workflow-check.ts';
import { Town } from './workflow-town.ts';

/**
 * Its function plays so many runs. `LATCHKEY_MODEL_SEED` and `LATCHKEY_MODEL_PATH`, as a failure prints them, play its counterexample again.
 * @throws Error with the shrunk counterexample when a promise was broken
 */
export function usePlayedWorkflow(): (of: { runs: number; seed: number }) => Promise<void> {
  const towns: Town[] = [];
  const server = useTimeSkippingServer({
    beforeStop: async () => {
      for (const town of towns) await town.stop();
    },
  });
  return async ({ runs: count, seed: own }) => {
    const { LATCHKEY_MODEL_SEED: drawn = own, LATCHKEY_MODEL_PATH: path } = process.env;
    const seed = Number(drawn);
    const { env, bundle } = server();
    const town = new Town(env);
    towns.push(town);
    await town.startWorker(bundle);
    if (path !== undefined) return checkAgain({ town, count, seed, path });
    const steps = await checkRuns({ town, count, seed });
    console.log(`the model of the workflow took ${steps} steps in ${count} runs, seed ${seed}`);
  };
}
