/** Of several runs of one reservation only the latest says how it stands: a closed run that was started again is left out. */
import type { RawWorkflowExecutionInfo } from '@temporalio/client';
import type { Context } from './context.ts';
import { callTemporal } from './temporal-calls.ts';
import { allOf, differs, oneOf } from './visibility-query.ts';

/** `WORKFLOW_EXECUTION_STATUS_RUNNING` of Temporal's API. */
const RUNNING = 1;
const PAGE_SIZE = 1_000;

interface Runs {
  readonly context: Context;
  readonly runs: readonly RawWorkflowExecutionInfo[];
  readonly deadline: number;
}

/** One more query for the closed runs of a page; none where all of it runs. @throws TemporalUnavailable */
export async function withoutSuperseded({ context, runs, deadline }: Runs): Promise<readonly RawWorkflowExecutionInfo[]> {
  const ids = new Set(runs.filter((run) => !isRunning(run)).map(idOf));
  if (ids.size === 0) return runs;
  const latest = await latestStarts({ context, ids: [...ids], deadline });
  return runs.filter((run) => isRunning(run) || startOf(run) >= (latest.get(idOf(run)) ?? 0));
}

const isRunning = ({ status }: RawWorkflowExecutionInfo): boolean => Number(status) === RUNNING;

const idOf = ({ execution }: RawWorkflowExecutionInfo): string => execution?.workflowId ?? '';

/** Milliseconds since the epoch, with their fraction: two runs may start within one millisecond. */
const startOf = ({ startTime }: RawWorkflowExecutionInfo): number =>
  Number(startTime?.seconds ?? 0) * 1_000 + (startTime?.nanos ?? 0) / 1e6;

async function latestStarts({
  context: { client },
  ids,
  deadline,
}: {
  context: Context;
  ids: readonly string[];
  deadline: number;
}): Promise<Map<string, number>> {
  const query = allOf([oneOf('WorkflowId', ids), differs('ExecutionStatus', 'ContinuedAsNew')]);
  const request = { namespace: client.options.namespace, query, pageSize: PAGE_SIZE };
  const { executions } = await callTemporal({ client, deadline, call: () => client.workflowService.listWorkflowExecutions(request) });
  const latest = new Map<string, number>();
  for (const run of executions) latest.set(idOf(run), Math.max(latest.get(idOf(run)) ?? 0, startOf(run)));
  return latest;
}
