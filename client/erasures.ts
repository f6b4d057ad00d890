/** Starts erasures (rule 20). Each is a workflow of its own, under a name that does not tell whose: retried until it is done. */
import { type RawWorkflowExecutionInfo, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { DueErasuresPort } from '../activities/erasure-ports.ts';
import { failure } from '../activities/failures.ts';
import { stayHash } from '../activities/stay-hash.ts';
import type { Duration } from '../workflows/domain/reservation.ts';
import { ERASURE_TYPE, type ErasureInput } from '../workflows/erasure-input.ts';
import { WORKFLOW_TYPE } from '../workflows/messages.ts';
import type { Context } from './reservations/context.ts';
import { withoutSuperseded } from './reservations/superseded.ts';
import { callTemporal, DEADLINE_MS } from './reservations/temporal-calls.ts';
import { allOf, anyOf, differs, equals, notAfter, startsWith } from './reservations/visibility-query.ts';
import { lastCall, retention } from './retention.ts';

const PAGE_SIZE = 100;
/** In one go; the rest waits for the next hour. */
const STARTED_AT_MOST = 1_000;

interface Starting {
  readonly context: Context;
  readonly workflowId: string;
  /** The name of the token that asked; null: its time has come. */
  readonly by: string | null;
  readonly deadline: number;
}

/** `<deployment>/erase/<hash of the key>`. */
export const erasureIdOf = ({ deployment, workflowId }: { deployment: string; workflowId: string }): string =>
  `${deployment}/erase/${stayHash(workflowId.slice(deployment.length + 1))}`;

/** Durable once answered; false where it is under way already. @throws TemporalUnavailable */
export async function startErasure({ context: { client, deployment, taskQueue }, workflowId, by, deadline }: Starting): Promise<boolean> {
  const input: ErasureInput = { workflowId, by };
  const call = () =>
    client.workflow.start(ERASURE_TYPE, {
      workflowId: erasureIdOf({ deployment, workflowId }),
      taskQueue,
      args: [input],
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      workflowIdConflictPolicy: 'FAIL',
    });
  try {
    await callTemporal({ client, deadline, call });
    return true;
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
    throw error;
  }
}

/** `eraseAfter` its end, or before Temporal forgets it by itself: whichever comes first. */
export function createDueErasures({ context, eraseAfter }: { context: Context; eraseAfter: Duration }): DueErasuresPort {
  return {
    async start(signal) {
      try {
        return { started: await startDue({ context, eraseAfter, signal }) };
      } catch (error) {
        signal.throwIfAborted();
        throw failure({ type: 'Unexpected', code: error instanceof Error ? error.name : null });
      }
    },
  };
}

interface Due {
  readonly context: Context;
  readonly eraseAfter: Duration;
  readonly signal: AbortSignal;
}

async function startDue({ context, eraseAfter, signal }: Due): Promise<number> {
  const query = dueQuery({ context, eraseAfter, kept: await retention(context) });
  let started = 0;
  let token: Uint8Array | null = null;
  do {
    signal.throwIfAborted();
    const page: Page = await startPage({ context, query, token });
    started += page.started;
    token = page.next;
  } while (token !== null && started < STARTED_AT_MOST);
  return started;
}

interface Page {
  readonly started: number;
  readonly next: Uint8Array | null;
}

async function startPage({ context, query, token }: { context: Context; query: string; token: Uint8Array | null }): Promise<Page> {
  const { client } = context;
  const deadline = Date.now() + DEADLINE_MS.write;
  const request = { namespace: client.options.namespace, query, pageSize: PAGE_SIZE, nextPageToken: token };
  const page = await callTemporal({ client, deadline, call: () => client.workflowService.listWorkflowExecutions(request) });
  const runs = await withoutSuperseded({ context, runs: page.executions, deadline });
  const answers = await Promise.all(idsOf(runs).map((workflowId) => startErasure({ context, workflowId, by: null, deadline })));
  return { started: answers.filter(Boolean).length, next: page.nextPageToken.length > 0 ? page.nextPageToken : null };
}

const idsOf = (runs: readonly RawWorkflowExecutionInfo[]): readonly string[] => [
  ...new Set(runs.flatMap(({ execution }) => execution?.workflowId ?? [])),
];

function dueQuery({ context: { deployment }, eraseAfter, kept }: Pick<Due, 'context' | 'eraseAfter'> & { kept: Duration }): string {
  const now = Date.now();
  return allOf([
    equals('WorkflowType', WORKFLOW_TYPE),
    startsWith('WorkflowId', `${deployment}:`),
    differs('ExecutionStatus', 'Running'),
    differs('ExecutionStatus', 'ContinuedAsNew'),
    anyOf([notAfter('LatchkeyEndsAt', now - eraseAfter), ...(kept > 0 ? [notAfter('CloseTime', now - lastCall(kept))] : [])]),
  ]);
}
