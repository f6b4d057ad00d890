/** What is drawn for the running workflow: what happens to a stay, placed on a clock that it shares with others. */
import * as fc from 'fast-check';
import { steps } from './drawn-steps.ts';
import type { Happening } from './play.ts';
import type { Step } from './step.ts';

/** A step, and after how many moves of the clock it comes. */
export interface Placed {
  readonly at: number;
  readonly step: Happening;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** How often the clock moves. */
const MOVES = 10;
const MOST_STEPS = 24;

const isHappening = (step: Step): step is Happening =>
  !['wait', 'waitUntil', 'restless', 'nextRun', 'help', 'calm'].includes(step.kind) && !isErrand(step);

/** Nothing is done at the doors and encoders of this house. */
const isErrand = (step: Step): boolean => step.kind === 'order' && (step.name === 'unlock' || step.name === 'encode-card');

export const placedSteps: fc.Arbitrary<Placed[]> = fc.array(
  // Where a step comes is kept while a failing run is made smaller.
  fc.record({ at: fc.noShrink(fc.nat({ max: MOVES - 1 })), step: steps.filter(isHappening) }, { noNullPrototype: true }),
  { minLength: 1, maxLength: MOST_STEPS, size: 'max' },
);

/** By how much the clock moves each time: two days altogether, so that many stays begin and some end under way. Milliseconds. */
const clocks = fc.array(fc.constantFrom(SECOND, 5 * SECOND, 20 * SECOND, 61 * SECOND, 5 * MINUTE, HOUR, HOUR, 12 * HOUR, 24 * HOUR), {
  minLength: MOVES,
  maxLength: MOVES,
});

/** So many clocks, the same under the same seed. */
export const drawClocks = ({ seed, count }: { seed: number; count: number }): readonly (readonly number[])[] =>
  fc.sample(clocks, { seed, numRuns: count });
