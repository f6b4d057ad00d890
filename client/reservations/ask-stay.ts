/** Asks a reservation something: its workflow while it runs, its result once it is closed. */
import { QueryRejectedError, WorkflowClient, WorkflowNotFoundError } from '@temporalio/client';
import type { ReservationState } from '../../workflows/domain/state.ts';
import type { Context } from './context.ts';
import { lastState } from './last-run.ts';
import { callWorker, DEADLINE_MS } from './temporal-calls.ts';

interface Question<Answer> {
  readonly context: Context;
  readonly workflowId: string;
  /** By the workflow's query. */
  readonly query: (client: Pick<WorkflowClient, 'getHandle'>) => Promise<Answer>;
  /** The same answer, from a state. */
  readonly derive: (state: ReservationState) => Answer;
}

/** null: unknown. @throws NoWorker within 3 s where it runs and no worker answers; TemporalUnavailable */
export async function askStay<Answer>({ context, workflowId, query, derive }: Question<Answer>): Promise<Answer | null> {
  const { client } = context;
  const deadline = Date.now() + DEADLINE_MS.worker;
  try {
    return await callWorker({ client, deadline, call: () => query(ofOpenRuns(context)) });
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    if (!(error instanceof QueryRejectedError)) throw error;
  }
  const state = await lastState({ context, workflowId, deadline });
  if (state !== null) return derive(state);
  // Terminated or failed: it left no result, but a worker can still replay its history.
  return callWorker({ client, deadline, call: () => query(client.workflow) });
}

/** The server itself turns away a query to a closed run, so that running and closed are told apart in the one call that answers most. */
const ofOpenRuns = ({ client }: Context): WorkflowClient =>
  new WorkflowClient({ ...client.workflow.options, connection: client.connection, queryRejectCondition: 'NOT_OPEN' });
