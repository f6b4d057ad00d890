/** Run by `parked.ts` as a process: parks stays, weighs the heap at two counts, and reports the bytes that each stay between them took. */
import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import type { Worker } from '@temporalio/worker';
import { createLogger } from '../config/log.ts';
import { installRuntime } from '../worker/telemetry.ts';
import type { ParkingOrder } from './parked.ts';
import type { Times } from './standard-stay.ts';
import { connect } from './temporal.ts';
import { type RunningSubject, runSubject } from './workers.ts';

const DAY = 86_400_000;
/** Stays that are booked at once. */
const LANES = 24;
/** Milliseconds without anything to do that count as rest. */
const REST = 1_000;

/** Nothing is told yet: messages wait for the day before the arrival. */
const nextMonth = (): Times => ({ startsAt: Date.now() + 30 * DAY, endsAt: Date.now() + 33 * DAY });

/** This engine's stays have their code issued and read. The bare ones have run the same two activities and got the same signal as far as they can. */
async function park({ subject, n }: { readonly subject: RunningSubject; readonly n: number }): Promise<void> {
  const id = `parked-${n}`;
  const workflowId = subject.workflowIdOf(id);
  const granted = subject.milestones.next({ workflowId, milestone: 'granted' });
  await subject.book({ id, times: nextMonth() });
  await granted;
  const { atRest } = subject;
  const settled = subject.milestones.next({ workflowId, milestone: atRest });
  await subject.issue(workflowId);
  await settled;
}

async function parkUpTo({
  subject,
  from,
  to,
}: {
  readonly subject: RunningSubject;
  readonly from: number;
  readonly to: number;
}): Promise<void> {
  let next = from;
  const lane = async (): Promise<void> => {
    while (next < to) await park({ subject, n: next++ });
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  await rest(subject.worker);
}

async function rest(worker: Worker): Promise<void> {
  for (let since = performance.now(); performance.now() - since < REST; await sleep(20)) {
    const { numInFlightActivities, numInFlightWorkflowActivations } = worker.getStatus();
    if (numInFlightActivities + numInFlightWorkflowActivations > 0) since = performance.now();
  }
}

/** The most thorough collection that V8 has, twice, with a turn of the event loop between: what finalizers let go of goes too. */
async function heapUsed(): Promise<number> {
  if (globalThis.gc === undefined) throw new Error('Start node with --expose-gc.');
  const thorough = { type: 'major', execution: 'sync', flavor: 'last-resort' } as const;
  globalThis.gc(thorough);
  await turn();
  globalThis.gc(thorough);
  return process.memoryUsage().heapUsed;
}

// Written by `parked.ts`.
const { address, name, first, last } = JSON.parse(process.argv[2] ?? '') as ParkingOrder;
installRuntime(createLogger({ role: 'cli', level: 'warn' }));
const temporal = await connect(address);
const subject = await runSubject({ temporal, name });
await parkUpTo({ subject, from: 0, to: first });
const before = await heapUsed();
await parkUpTo({ subject, from: first, to: last });
const bytes = ((await heapUsed()) - before) / (last - first);
process.send?.(bytes);
process.disconnect();
await subject.stop();
await temporal.close();
