/** Both subjects with a worker each: the same settings, activities and codec, and the bundle of its own workflow. */
import { fileURLToPath } from 'node:url';
import type { Worker, WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { createAccessActivities } from '../activities/access.ts';
import type { Activities } from '../activities/activities.ts';
import { createSendMessage } from '../activities/send-message.ts';
import { bundleWorkflows } from '../worker/bundle.ts';
import { createWorker } from '../worker/worker.ts';
import { createBare } from './bare.ts';
import { createBareActivities } from './bare-activities.ts';
import { InProcessSeam } from './in-process-seam.ts';
import { createLatchkey } from './latchkey.ts';
import { Milestones } from './milestones.ts';
import { Outbox } from './outbox.ts';
import type { Subject, SubjectName } from './subject.ts';
import { NAMESPACE, type Temporal } from './temporal.ts';

/** Both hold every stay of a round in memory, so that none is replayed while it is measured. */
const CACHED = 5_000;

export interface RunningWorker {
  readonly worker: Worker;
  stop(): Promise<void>;
}

export interface RunningSubject extends Subject, RunningWorker {
  readonly milestones: Milestones;
  readonly bundle: WorkflowBundleWithSourceMap;
}

export interface RunningSubjects {
  readonly bare: RunningSubject;
  readonly latchkey: RunningSubject;
}

const bareWorkflow = fileURLToPath(new URL('./bare-workflow.ts', import.meta.url));

const bundleOf = (name: SubjectName): Promise<WorkflowBundleWithSourceMap> =>
  bundleWorkflows(name === 'latchkey' ? undefined : bareWorkflow);

interface WorkerInput {
  readonly temporal: Temporal;
  readonly taskQueue: string;
  readonly bundle: WorkflowBundleWithSourceMap;
  readonly activities: Partial<Activities>;
}

export async function runWorker({ temporal, taskQueue, bundle, activities }: WorkerInput): Promise<RunningWorker> {
  const { connection, dataConverter } = temporal;
  const settings = { connection, dataConverter, taskQueue, activities, namespace: NAMESPACE, workflowBundle: bundle };
  const worker = await createWorker({ ...settings, maxCachedWorkflows: CACHED });
  const running = worker.run();
  return {
    worker,
    async stop() {
      worker.shutdown();
      await running;
    },
  };
}

export async function runSubject({ temporal, name }: { readonly temporal: Temporal; readonly name: SubjectName }): Promise<RunningSubject> {
  const milestones = new Milestones();
  const seam = new InProcessSeam(milestones);
  const outbox = new Outbox(milestones);
  const { client } = temporal;
  const subject = name === 'latchkey' ? createLatchkey({ client, seam, outbox }) : createBare({ client });
  const ports = { access: seam, ...outbox.messages };
  const stays = { ...createAccessActivities(ports), sendMessage: createSendMessage(ports) };
  const activities = { ...stays, ...createBareActivities(milestones) };
  const bundle = await bundleOf(name);
  const running = await runWorker({ temporal, taskQueue: subject.taskQueue, bundle, activities });
  return { ...subject, ...running, milestones, bundle };
}
