import { test } from 'node:test';
import { playCore } from './core.ts';

/** About ten seconds. */
const STEPS = Number(process.env['LATCHKEY_MODEL_STEPS'] ?? 25_000);

test('the core keeps every promise, whatever the PMS, Seam, the channels, the clock and the operators do', () => {
  playCore({ steps: STEPS });
});
