/** What Temporal keeps of reservations, for their erasure: read once more, then deleted, run by run. */
import { setTimeout as sleep } from 'node:timers/promises';
import { isGrpcServiceError, type RawWorkflowExecutionInfo } from '@temporalio/client';
import type { HistoryPort, LastRun } from '../activities/erasure-ports.ts';
import { failure } from '../activities/failures.ts';
import { viewOf } from '../workflows/domain/view.ts';
import { viewQuery } from '../workflows/messages.ts';
import type { Context } from './reservations/context.ts';
import { lastRun, lastState } from './reservations/last-run.ts';
import { callTemporal, callWorker, DEADLINE_MS } from './reservations/temporal-calls.ts';
import { allOf, equals } from './reservations/visibility-query.ts';

/** gRPC: the run is gone already. */
const NOT_FOUND = 5;
/** `temporal.api.enums.v1.WorkflowExecutionStatus`: running, paused. */
const RUNNING: readonly number[] = [1, 8];
/** A reservation has a run for each time that it came back to life. More than these are found by the next try. */
const PAGE_SIZE = 200;
/**
 * Milliseconds. A server deletes in the background, and only once it has noted how far its queues are: up to half a minute after a
 * workflow has closed, at once for what closed long ago. Asked again it tries again; by itself it would pause longer each time.
 */
const DELETED_WITHIN = 45_000;
const ASK_AGAIN_AFTER = 1_000;

interface Named {
  readonly context: Context;
  readonly workflowId: string;
}

/** Each method fails with `Unexpected` where Temporal, or the worker that replays an ended run, does not answer. */
export function createHistories(context: Context): HistoryPort {
  return {
    last: (workflowId) => answered(() => last({ context, workflowId })),
    isRunning: (workflowId) => answered(async () => (await lastRun({ context, workflowId, deadline: soon() }))?.running ?? false),
    remove: (workflowId, signal) => answered(() => remove({ context, workflowId, signal })),
  };
}

const soon = (): number => Date.now() + DEADLINE_MS.write;

/** Foreign texts end here: they may quote a workflow's id. */
async function answered<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw failure({ type: 'Unexpected', code: error instanceof Error ? error.name : null });
  }
}

async function last({ context, workflowId }: Named): Promise<LastRun> {
  const { client } = context;
  const run = await lastRun({ context, workflowId, deadline: soon() });
  if (run === null) return { kind: 'gone' };
  if (run.running) return { kind: 'running' };
  const state = await lastState({ context, workflowId, deadline: soon() });
  if (state !== null) return { kind: 'closed', view: viewOf({ state, now: Date.now() }) };
  // Terminated or failed: it left no result, but a worker can still replay its history.
  const call = () => client.workflow.getHandle(workflowId).query(viewQuery);
  return { kind: 'closed', view: await callWorker({ client, deadline: soon(), call }) };
}

async function remove({ context, workflowId, signal }: Named & { signal: AbortSignal }): Promise<{ gone: boolean }> {
  const until = Date.now() + DELETED_WITHIN;
  for (;;) {
    const closed = await closedRuns({ context, workflowId });
    if (closed.length === 0) return { gone: true };
    if (Date.now() >= until) return { gone: false };
    await Promise.all(closed.map((runId) => removeRun({ context, workflowId, runId })));
    await sleep(ASK_AGAIN_AFTER, undefined, { signal });
  }
}

/** By visibility, which lags behind, and by the id itself, which knows the latest one only. */
async function closedRuns({ context: { client }, workflowId }: Named): Promise<readonly string[]> {
  const { namespace } = client.options;
  const request = { namespace, query: allOf([equals('WorkflowId', workflowId)]), pageSize: PAGE_SIZE };
  const describe = { namespace, execution: { workflowId } };
  const [{ executions }, latest] = await Promise.all([
    callTemporal({ client, deadline: soon(), call: () => client.workflowService.listWorkflowExecutions(request) }),
    unlessGone(() => callTemporal({ client, deadline: soon(), call: () => client.workflowService.describeWorkflowExecution(describe) })),
  ]);
  const known = latest?.workflowExecutionInfo ? [...executions, latest.workflowExecutionInfo] : executions;
  return [...new Set(known.filter((run) => !isRunning(run)).flatMap(({ execution }) => execution?.runId ?? []))];
}

const isRunning = ({ status }: RawWorkflowExecutionInfo): boolean => RUNNING.includes(Number(status));

/** By run: without it the server would end and delete whichever run is the latest, also one that has just begun. */
async function removeRun({ context: { client }, workflowId, runId }: Named & { runId: string }): Promise<void> {
  const request = { namespace: client.options.namespace, workflowExecution: { workflowId, runId } };
  const call = () => client.workflowService.deleteWorkflowExecution(request);
  await unlessGone(() => callTemporal({ client, deadline: soon(), call }));
}

async function unlessGone<T>(call: () => Promise<T>): Promise<T | null> {
  try {
    return await call();
  } catch (error) {
    const cause = error instanceof Error && !isGrpcServiceError(error) ? error.cause : error;
    if (isGrpcServiceError(cause) && Number(cause.code) === NOT_FOUND) return null;
    throw error;
  }
}
