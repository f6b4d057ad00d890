/** How long a stay waits for the engine when the machine has time: stays come at a steady pace, however long each takes. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type PlayedStay, play } from './played-stay.ts';
import type { Scale } from './scale.ts';
import { percentile, rounded } from './statistics.ts';
import type { SubjectName } from './subject.ts';
import type { RunningSubject, RunningSubjects } from './workers.ts';

interface Percentiles {
  readonly p50: number;
  readonly p99: number;
}

type Latency = Readonly<Record<SubjectName, Percentiles>>;

export interface LatencyMs {
  readonly bookingToGrant: Latency;
  readonly issuedToHandedOver: Latency;
}

export interface LatencyRun {
  readonly latencyMs: LatencyMs;
  /** The ids of the stays that were played, ended by now. */
  readonly workflowIds: Readonly<Record<SubjectName, readonly string[]>>;
}

interface Run extends RunningSubjects {
  readonly load: Scale['latency'];
  readonly length: number;
}

/** Both at once, half a beat apart: whatever else this machine does in that time meets both. */
export async function measureLatency({ bare, latchkey, load, length }: Run): Promise<LatencyRun> {
  const late = sleep(500 / load.perSecond);
  const runs = await Promise.all([
    openLoop({ subject: bare, load, length }),
    late.then(() => openLoop({ subject: latchkey, load, length })),
  ]);
  const [ofBare, ofLatchkey] = runs;
  const figure = (name: 'bookingToGrant' | 'issuedToHandedOver'): Latency => ({
    latchkey: percentiles(ofLatchkey.map((stay) => stay[name])),
    bare: percentiles(ofBare.map((stay) => stay[name])),
  });
  return {
    latencyMs: { bookingToGrant: figure('bookingToGrant'), issuedToHandedOver: figure('issuedToHandedOver') },
    workflowIds: { bare: ofBare.map(({ workflowId }) => workflowId), latchkey: ofLatchkey.map(({ workflowId }) => workflowId) },
  };
}

async function openLoop({
  subject,
  load,
  length,
}: Pick<Run, 'load' | 'length'> & { readonly subject: RunningSubject }): Promise<readonly PlayedStay[]> {
  const beat = 1_000 / load.perSecond;
  const begin = performance.now();
  const stays: Promise<PlayedStay>[] = [];
  for (let n = 0; n < load.stays; n += 1) {
    await sleep(Math.max(0, begin + n * beat - performance.now()));
    stays.push(play({ subject, id: `latency-${n}`, length }));
  }
  const played = await Promise.all(stays);
  await Promise.all(played.map((stay) => stay.end));
  return played;
}

const percentiles = (sample: readonly number[]): Percentiles => ({
  p50: rounded(percentile({ sample, share: 0.5 }), 1),
  p99: rounded(percentile({ sample, share: 0.99 }), 1),
});
