/** The bench at its quick scale: that it runs and reports, and the figures that do not depend on this machine's speed. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { promisify } from 'node:util';
import { z } from 'zod';

const root = join(import.meta.dirname, '../..');
const KB = 1_024;

const positive = z.number().positive();
const percentiles = z.strictObject({ p50: positive, p99: positive });
const latency = z.strictObject({ latchkey: percentiles, bare: percentiles });
const figuresSchema = z.strictObject({
  throughput: z.strictObject({ bare: positive, latchkey: positive, ratio: positive }),
  latencyMs: z.strictObject({ bookingToGrant: latency, issuedToHandedOver: latency }),
  perReservation: z.strictObject({ actions: positive, events: positive, historyBytes: positive }),
  // So few stays weigh less than what a collection happens to leave behind.
  perParked: z.strictObject({ heapKB: z.number(), bareHeapKB: z.number() }),
  replay: z.strictObject({ msPerHistory: positive, bareMsPerHistory: positive }),
  endToEnd: z.strictObject({ perSecond: positive }),
});

let output = '';

before(async () => {
  const run = promisify(execFile);
  ({ stdout: output } = await run(process.execPath, ['--expose-gc', 'bench/bench.ts', '--json', '--quick'], { cwd: root }));
});

test('--json prints one object with every figure and nothing else', () => {
  assert.deepEqual(Object.keys(figuresSchema.parse(JSON.parse(output))), Object.keys(figuresSchema.shape));
});

test('a standard stay costs at most 18 actions and 14 KB of history', () => {
  const { actions, historyBytes } = figuresSchema.parse(JSON.parse(output)).perReservation;
  assert.ok(actions <= 18, `${actions} actions`);
  assert.ok(historyBytes <= 14 * KB, `${historyBytes} bytes`);
});
