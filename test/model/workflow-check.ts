/** Draws runs by fast-check and plays them in batches; one that breaks is played again alone, and made smaller. */
import * as fc from 'fast-check';
import { assertKept } from './counterexample.ts';
import { houses } from './house.ts';
import { clocks, placedSteps } from './workflow-draw.ts';
import { playTogether, type Run } from './workflow-play.ts';
import type { Town } from './workflow-town.ts';

const BATCH = 50;
/** A failing run is made smaller for so long. Milliseconds. */
const PATIENCE = 120_000;

interface Check {
  readonly town: Town;
  readonly count: number;
  readonly seed: number;
  /** Of a run that broke: only that one is played, alone. */
  readonly path: string | undefined;
}

/** How many steps were taken. @throws Error with a shrunk counterexample */
export async function checkRuns({ town, count, seed, path }: Check): Promise<number> {
  const [clock] = fc.sample(clocks, { seed, numRuns: 1 });
  const alone = fc.asyncProperty(houses, placedSteps, async (house, steps) => {
    const [error] = await playTogether({ town, runs: [{ house, steps }], clock: clock ?? [] });
    if (error !== null) throw error;
  });
  if (path !== undefined) assertKept(await fc.check(alone, { seed, path, numRuns: count, endOnFailure: true }));
  if (path !== undefined) return 0;
  const runs = fc.sample(alone, { seed, numRuns: count }).map(([house, steps]): Run => ({ house, steps }));
  for (let first = 0; first < count; first += BATCH) {
    const errors = await playTogether({ town, runs: runs.slice(first, first + BATCH), clock: clock ?? [] });
    const broken = errors.findIndex((error) => error !== null);
    if (broken < 0) continue;
    const start = String(first + broken);
    const details = await fc.check(alone, { seed, path: start, numRuns: count, interruptAfterTimeLimit: PATIENCE });
    if (details.counterexample !== null) assertKept(details);
    // It broke only beside others: then this is all there is to say.
    throw new Error(`LATCHKEY_MODEL_SEED=${seed} LATCHKEY_MODEL_PATH=${start}, in company only: ${String(errors[broken])}`, {
      cause: errors[broken],
    });
  }
  return runs.reduce((sum, { steps }) => sum + steps.length, 0);
}
