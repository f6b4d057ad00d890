import { test } from 'node:test';
import { playCore } from './core.ts';

/** About ten seconds. */
const STEPS = Number(process.env['LATCHKEY_MODEL_STEPS'] ?? 25_000);
/** The same each time, so that a change is judged by what it changes; the long run draws another. */
const SEED = 1;

test('the core keeps every promise, whatever the PMS, Seam, the channels, the clock and the operators do', () => {
  playCore({ steps: STEPS, seed: SEED });
});
