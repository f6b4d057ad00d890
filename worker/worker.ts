/** A worker: the workflow bundle, the activities over real ports, every setting that matters in production named. */
import { fileURLToPath } from 'node:url';
import type { DataConverter } from '@temporalio/common';
import { bundleWorkflowCode, type NativeConnection, Runtime, Worker, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import type { Activities } from '../activities/activities.ts';
import { failureConverterPath } from '../config/data-converter.ts';

/** Built once per process: the same code for every worker in it. The converters' paths have to be given at bundling time. */
export function bundleWorkflows(): Promise<WorkflowBundleWithSourceMap> {
  const workflowsPath = fileURLToPath(new URL('../workflows/index.ts', import.meta.url));
  return bundleWorkflowCode({ workflowsPath, failureConverterPath, logger: Runtime.instance().logger });
}

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
