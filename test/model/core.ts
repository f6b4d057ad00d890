/** The model of the core, played for a number of steps under a seed of its own, or that of a counterexample. */
import * as fc from 'fast-check';
import { assertKept } from './counterexample.ts';
import { steps } from './drawn-steps.ts';
import { houses } from './house.ts';
import { play } from './play.ts';

const MOST_PER_STAY = 60;
/** Of all lengths alike. */
const MEAN_PER_STAY = (1 + MOST_PER_STAY) / 2;

/**
 * `LATCHKEY_MODEL_SEED` and `LATCHKEY_MODEL_PATH`, as a failure prints them, play its counterexample again.
 * @throws Error with the shrunk counterexample when a promise was broken
 */
export function playCore({ steps: wanted, seed: own }: { steps: number; seed: number }): void {
  const { LATCHKEY_MODEL_SEED: seed = own, LATCHKEY_MODEL_PATH: path } = process.env;
  let taken = 0;
  const property = fc.property(houses, fc.array(steps, { minLength: 1, maxLength: MOST_PER_STAY, size: 'max' }), (house, drawn) => {
    taken += drawn.length;
    play({ house, steps: drawn });
  });
  const again = path === undefined ? {} : { path, endOnFailure: true };
  assertKept(fc.check(property, { numRuns: Math.ceil(wanted / MEAN_PER_STAY), seed: Number(seed), ...again }));
  console.log(`the model of the core took ${taken} steps`);
}
