/** A worker: the workflow bundle, the activities over real ports, every setting that matters in production named. */
import type { DataConverter } from '@temporalio/common';
import { type NativeConnection, Worker, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import type { Activities } from '../activities/activities.ts';

export interface WorkerSettings {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly taskQueue: string;
  /** All of them in production; a test has those that its workflows call. */
  readonly activities: Partial<Activities>;
  readonly dataConverter: DataConverter;
  readonly workflowBundle: WorkflowBundleWithSourceMap;
  /** Reservations kept in memory; the others are replayed when something happens to them. */
  readonly maxCachedWorkflows?: number;
}

export function createWorker({
  connection,
  namespace,
  taskQueue,
  activities,
  dataConverter,
  workflowBundle,
  maxCachedWorkflows,
}: WorkerSettings): Promise<Worker> {
  return Worker.create({
    connection,
    namespace,
    taskQueue,
    activities,
    dataConverter,
    workflowBundle,
    maxConcurrentWorkflowTaskExecutions: 40,
    maxConcurrentActivityTaskExecutions: 100,
    // Activities in flight are finished before the process ends; what is not done by then is noticed by its missing heartbeats.
    shutdownGraceTime: '10 seconds',
    ...(maxCachedWorkflows === undefined ? {} : { maxCachedWorkflows }),
  });
}
