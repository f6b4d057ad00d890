/** Where a reservation stands: asked of its workflow while it runs, read from its result once it is closed. */
import { QueryRejectedError, WorkflowClient, WorkflowNotFoundError } from '@temporalio/client';
import { viewOf } from '../../workflows/domain/view.ts';
import type { ReservationView } from '../../workflows/domain/view-types.ts';
import { viewQuery } from '../../workflows/messages.ts';
import { type Address, type Context, keyOf, type Scope, within } from './context.ts';
import { lastState } from './last-run.ts';
import { callWorker, DEADLINE_MS } from './temporal-calls.ts';

interface Asked extends Address {
  readonly context: Context;
  readonly scope: Scope;
}

/** null: unknown, or out of scope. @throws NoWorker within 3 s where it runs and no worker answers; TemporalUnavailable */
export async function view({ context, scope, ...address }: Asked): Promise<ReservationView | null> {
  if (!within(scope.sources, address.source)) return null;
  const { workflowId } = keyOf({ deployment: context.deployment, address });
  const seen = await ask({ context, workflowId, deadline: Date.now() + DEADLINE_MS.worker });
  return seen !== null && within(scope.properties, seen.propertyId) ? seen : null;
}

async function ask({
  context,
  workflowId,
  deadline,
}: {
  context: Context;
  workflowId: string;
  deadline: number;
}): Promise<ReservationView | null> {
  const { client } = context;
  try {
    return await callWorker({ client, deadline, call: () => ofOpenRuns(context).getHandle(workflowId).query(viewQuery) });
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    if (!(error instanceof QueryRejectedError)) throw error;
  }
  const state = await lastState({ context, workflowId, deadline });
  if (state !== null) return viewOf({ state, now: Date.now() });
  // Terminated or failed: it left no result, but a worker can still replay its history.
  return callWorker({ client, deadline, call: () => client.workflow.getHandle(workflowId).query(viewQuery) });
}

/** The server itself turns away a query to a closed run, so that running and closed are told apart in the one call that answers most. */
const ofOpenRuns = ({ client }: Context): WorkflowClient =>
  new WorkflowClient({ ...client.workflow.options, connection: client.connection, queryRejectCondition: 'NOT_OPEN' });
