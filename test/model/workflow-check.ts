/** Draws runs by fast-check and plays them in batches; one that breaks is played again alone, and made smaller. */
import * as fc from 'fast-check';
import { assertKept } from './counterexample.ts';
import { houses } from './house.ts';
import { drawClocks, placedSteps } from './workflow-draw.ts';
import { playTogether, type Run } from './workflow-play.ts';
import type { Town } from './workflow-town.ts';

/** Played side by side under one clock. */
const BATCH = 25;
/** A failing run is made smaller for so long. Milliseconds. */
const PATIENCE = 120_000;

interface Check {
  readonly town: Town;
  readonly count: number;
  readonly seed: number;
}

interface Broken extends Check {
  /** Of fast-check: the number of the run, and how it was made smaller. */
  readonly path: string;
}

/** How many steps were taken. @throws Error with a shrunk counterexample */
export async function checkRuns({ town, count, seed }: Check): Promise<number> {
  const runs = fc.sample(fc.tuple(houses, placedSteps), { seed, numRuns: count }).map(([house, steps]): Run => ({ house, steps }));
  for (let first = 0; first < count; first += BATCH) {
    const errors = await playTogether({ town, runs: runs.slice(first, first + BATCH), clock: clockOf({ seed, run: first }) });
    const broken = errors.findIndex((error) => error !== null);
    if (broken < 0) continue;
    const path = String(first + broken);
    await checkAgain({ town, count, seed, path });
    // It broke only beside others: then this is all there is to say.
    const again = `LATCHKEY_MODEL_SEED=${seed} LATCHKEY_MODEL_RUNS=${count}`;
    throw new Error(`run ${path}, in company only: ${again}\n${String(errors[broken])}`, { cause: errors[broken] });
  }
  return runs.reduce((sum, { steps }) => sum + steps.length, 0);
}

/** One run that broke, alone, and made smaller. @throws Error with the counterexample, if it breaks again */
export async function checkAgain({ town, count, seed, path }: Broken): Promise<void> {
  const clock = clockOf({ seed, run: Number.parseInt(path, 10) });
  const alone = fc.asyncProperty(houses, placedSteps, async (house, steps) => {
    const [error] = await playTogether({ town, runs: [{ house, steps }], clock });
    if (error !== null) throw error;
  });
  const details = await fc.check(alone, {
    seed,
    path,
    numRuns: count,
    interruptAfterTimeLimit: PATIENCE,
    endOnFailure: path.includes(':'),
  });
  assertKept(details);
}

const clockOf = ({ seed, run }: { seed: number; run: number }): readonly number[] => {
  const batch = Math.floor(run / BATCH);
  return drawClocks({ seed, count: batch + 1 })[batch] ?? [];
};
