/** An operator's command: an update, answered once the workflow has taken it or refused it. */
import { ApplicationFailure, WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client';
import { orderDigest, reservationKeyText } from '../../workflows/domain/ids.ts';
import { type Action, type ActionOutcome, actUpdate } from '../../workflows/messages.ts';
import { Conflict, UnknownReservation } from '../refusals.ts';
import { type Address, type Context, keyOf, type Scope, within } from './context.ts';
import { erase } from './erase.ts';
import { lastRun } from './last-run.ts';
import { callWorker, DEADLINE_MS } from './temporal-calls.ts';

interface Asked extends Address {
  readonly context: Context;
  readonly action: Action;
  readonly scope: Scope;
}

/**
 * Asking again with the same idempotency key is safe, also after NoWorker: the command may still have been taken.
 * @throws UnknownReservation, Conflict with the reason, NoWorker within 3 s, TemporalUnavailable
 */
export async function act({ context, action, scope, source, reservationId }: Asked): Promise<ActionOutcome> {
  const { client, deployment } = context;
  const key = keyOf({ deployment, address: { source, reservationId } });
  const { workflowId } = key;
  const deadline = Date.now() + DEADLINE_MS.worker;
  const unknown = new UnknownReservation(reservationKeyText(key));
  if (!within(scope.sources, source)) throw unknown;
  if (scope.properties !== null) {
    const propertyId = (await lastRun({ context, workflowId, deadline }))?.propertyId ?? null;
    if (propertyId === null || !within(scope.properties, propertyId)) throw unknown;
  }
  // A key is the asker's; the same one with another action is another command, and must not be answered as done.
  const idempotencyKey = `${action.action}:${action.idempotencyKey}`;
  const call = () =>
    client.workflow
      .getHandle(workflowId)
      .executeUpdate(actUpdate, { args: [{ ...action, idempotencyKey }], updateId: `${idempotencyKey}:${orderDigest(action)}` });
  const ask = (): Promise<ActionOutcome> => callWorker({ client, deadline, call });
  if (action.action === 'erase') return erase({ context, key, by: action.by, deadline, ask });
  try {
    return await ask();
  } catch (error) {
    if (error instanceof WorkflowUpdateFailedError) throw refusal(error);
    if (!(error instanceof WorkflowNotFoundError)) throw error;
    throw (await lastRun({ context, workflowId, deadline })) === null ? unknown : new Conflict('the reservation is closed');
  }
}

function refusal({ cause }: WorkflowUpdateFailedError): Error {
  return new Conflict(cause instanceof ApplicationFailure ? cause.message : 'the reservation closed before it could be done');
}
