import { test } from 'node:test';
import * as fc from 'fast-check';
import { assertKept } from './counterexample.ts';
import { houses } from './house.ts';
import { play } from './play.ts';
import { steps } from './step.ts';

/** `npm run test:long` asks for a million. */
const STEPS = Number(process.env['LATCHKEY_MODEL_STEPS'] ?? 60_000);
const MOST_PER_RUN = 60;

test('the core keeps every promise, whatever the PMS, Seam, the channels, the clock and the operators do', () => {
  const { LATCHKEY_MODEL_SEED: seed, LATCHKEY_MODEL_PATH: path } = process.env;
  let taken = 0;
  const property = fc.property(houses, fc.array(steps, { minLength: 1, maxLength: MOST_PER_RUN, size: 'max' }), (house, drawn) => {
    taken += drawn.length;
    play({ house, steps: drawn });
  });
  const again = seed === undefined ? {} : { seed: Number(seed), ...(path === undefined ? {} : { path, endOnFailure: true }) };
  assertKept(fc.check(property, { numRuns: Math.ceil((2 * STEPS) / MOST_PER_RUN), ...again }));
  console.log(`the model of the core took ${taken} steps`);
});
