/** How long a worker takes to bring a stay back into memory from its history: after a restart, or when it had to make room. */
import type { Client } from '@temporalio/client';
import { type ReplayWorkerOptions, Worker } from '@temporalio/worker';
import type { Scale } from './scale.ts';
import { median, rounded } from './statistics.ts';
import type { SubjectName } from './subject.ts';
import type { Temporal } from './temporal.ts';
import type { RunningSubjects } from './workers.ts';

export interface Replay {
  readonly msPerHistory: number;
  readonly bareMsPerHistory: number;
}

interface Recorded {
  readonly workflowId: string;
  readonly history: Awaited<ReturnType<ReturnType<Client['workflow']['getHandle']>['fetchHistory']>>;
}

interface Rounds extends RunningSubjects {
  readonly temporal: Temporal;
  /** Closed stays, whose histories are replayed. */
  readonly workflowIds: Readonly<Record<SubjectName, readonly string[]>>;
  readonly load: Scale['replay'];
}

export async function measureReplay({ temporal, bare, latchkey, workflowIds, load }: Rounds): Promise<Replay> {
  const { client, dataConverter } = temporal;
  const record = (name: SubjectName) => Promise.all(workflowIds[name].slice(0, load.histories).map((id) => recorded({ client, id })));
  const [ofBare, ofLatchkey] = await Promise.all([record('bare'), record('latchkey')]);
  const times = { bare: [] as number[], latchkey: [] as number[] };
  for (let round = 0; round < load.rounds; round += 1) {
    times.bare.push(await msPerHistory({ options: { workflowBundle: bare.bundle, dataConverter }, histories: ofBare }));
    times.latchkey.push(await msPerHistory({ options: { workflowBundle: latchkey.bundle, dataConverter }, histories: ofLatchkey }));
  }
  return { msPerHistory: rounded(median(times.latchkey), 2), bareMsPerHistory: rounded(median(times.bare), 2) };
}

async function recorded({ client, id }: { readonly client: Client; readonly id: string }): Promise<Recorded> {
  return { workflowId: id, history: await client.workflow.getHandle(id).fetchHistory() };
}

/** One after the other, all of them twice: the first time warms up. @throws Error where a history does not replay */
async function msPerHistory({
  options,
  histories,
}: {
  readonly options: ReplayWorkerOptions;
  readonly histories: readonly Recorded[];
}): Promise<number> {
  let replayed = 0;
  let warmAt = 0;
  for await (const { workflowId, error } of Worker.runReplayHistories(options, [...histories, ...histories])) {
    if (error !== undefined) throw new Error(`The history of ${workflowId} does not replay.`, { cause: error });
    replayed += 1;
    if (replayed === histories.length) warmAt = performance.now();
  }
  return (performance.now() - warmAt) / histories.length;
}
