/**
 * `npm run bench`: this engine beside a bare workflow of the same shape, on a Temporal server of its own. `--json` prints one object,
 * `--quick` only shows that everything runs. Nothing outside this machine is touched, whatever the environment says.
 */
import { parseArgs } from 'node:util';
import { createLogger } from '../config/log.ts';
import { installRuntime } from '../worker/telemetry.ts';
import { measureEndToEnd } from './end-to-end.ts';
import { measureHistories } from './history.ts';
import { measureLatency } from './latency.ts';
import { measureParked } from './parked.ts';
import { measureReplay } from './replay.ts';
import { type Figures, tableOf } from './report.ts';
import { FULL, QUICK, type Scale } from './scale.ts';
import { stayLength } from './stay-length.ts';
import { startTemporal } from './temporal.ts';
import { measureThroughput } from './throughput.ts';
import { runSubject } from './workers.ts';

/** Histories that are looked at one by one: they hardly differ. */
const SAMPLE = 25;
/** Simulators in the same process take their share of it: stays over HTTP and SMTP have to be so much longer. */
const OVER_HTTP = 4;

const began = performance.now();
const progress = (what: string): void => console.error(`${((performance.now() - began) / 1_000).toFixed(0).padStart(4)} s  ${what}`);

async function measure(scale: Scale): Promise<Figures> {
  const temporal = await startTemporal({ named: process.env['LATCHKEY_TEMPORAL_CLI'] });
  progress('Temporal runs; bundling');
  const bare = await runSubject({ temporal, name: 'bare' });
  const latchkey = await runSubject({ temporal, name: 'latchkey' });
  progress('warming up');
  const length = await stayLength({ bare, latchkey, ...scale.warmUp });
  progress(`throughput, of stays of ${(length / 1_000).toFixed(1)} s`);
  const throughput = await measureThroughput({ bare, latchkey, load: scale.throughput, length });
  progress(`${JSON.stringify(throughput)}; latency`);
  const { latencyMs, workflowIds } = await measureLatency({ bare, latchkey, load: scale.latency, length });
  const perReservation = await measureHistories({ client: temporal.client, workflowIds: workflowIds.latchkey.slice(0, SAMPLE) });
  progress(`${JSON.stringify({ latencyMs, perReservation })}; replay`);
  const replay = await measureReplay({ temporal, bare, latchkey, workflowIds, load: scale.replay });
  progress(`${JSON.stringify(replay)}; end to end`);
  const endToEnd = await measureEndToEnd({ temporal, bundle: latchkey.bundle, load: { ...scale.endToEnd, length: length * OVER_HTTP } });
  await Promise.all([bare.stop(), latchkey.stop()]);
  progress(`${JSON.stringify(endToEnd)}; parked`);
  const perParked = await measureParked({ address: temporal.address, load: scale.parked });
  await temporal.close();
  progress('done');
  return { throughput, latencyMs, perReservation, perParked, replay, endToEnd };
}

// An interrupted bench leaves no server behind: what it started ends with the process, but not when a signal kills it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
const { values } = parseArgs({ options: { json: { type: 'boolean', default: false }, quick: { type: 'boolean', default: false } } });
installRuntime(createLogger({ role: 'cli', level: 'warn' }));
const figures = await measure(values.quick ? QUICK : FULL);
console.log(values.json ? JSON.stringify(figures) : tableOf(figures));
