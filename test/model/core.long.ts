/** `npm run test:long`. */
import { test } from 'node:test';
import { playCore } from './core.ts';

/** Some minutes; a twentieth of this finds most mistakes, the rest those of one stay in ten thousand. */
const STEPS = Number(process.env['LATCHKEY_MODEL_STEPS'] ?? 1_000_000);

test('the core keeps every promise over a million steps', () => {
  playCore({ steps: STEPS, seed: Date.now() % 2 ** 31 });
});
