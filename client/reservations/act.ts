/** An operator's command: an update, answered once the workflow has taken it or refused it. */
import { randomUUID } from 'node:crypto';
import { ApplicationFailure, type Client, WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client';
import { isErrand } from '../../workflows/domain/errand-order.ts';
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

interface Asking {
  readonly client: Client;
  readonly workflowId: string;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
  readonly action: Action;
}

/**
 * Asking again with the same idempotency key is safe, also after NoWorker: the command may still have been taken.
 * @throws UnknownReservation, Conflict with the reason, NoWorker within 3 s, TemporalUnavailable
 */
export async function act({ context, action, scope, source, reservationId }: Asked): Promise<ActionOutcome> {
  const { client, deployment } = context;
  const key = keyOf({ deployment, address: { source, reservationId } });
  const { workflowId } = key;
  const askedAt = Date.now();
  const deadline = askedAt + DEADLINE_MS.worker;
  const unknown = new UnknownReservation(reservationKeyText(key));
  if (!within(scope.sources, source)) throw unknown;
  if (scope.properties !== null) {
    const propertyId = (await lastRun({ context, workflowId, deadline }))?.propertyId ?? null;
    if (propertyId === null || !within(scope.properties, propertyId)) throw unknown;
  }
  // A key is the asker's; the same one with another action is another command, and must not be answered as done.
  const idempotencyKey = `${action.action}:${action.idempotencyKey}`;
  const order = { ...action, idempotencyKey, ...(isErrand(action) ? { askedAt } : {}) };
  const ask = (): Promise<ActionOutcome> =>
    isErrand(action) || action.action === 'renew-key'
      ? askOnce({ client, workflowId, deadline, action: order })
      : askWorkflow({ client, workflowId, deadline, action: order });
  if (action.action === 'erase') return erase({ context, key, by: action.by, deadline, ask });
  try {
    return await ask();
  } catch (error) {
    if (error instanceof WorkflowUpdateFailedError) throw refusal(error);
    if (!(error instanceof WorkflowNotFoundError)) throw error;
    throw (await lastRun({ context, workflowId, deadline })) === null ? unknown : new Conflict('the reservation is closed');
  }
}

const updateIdOf = (action: Action): string => `${action.idempotencyKey}:${orderDigest(action)}`;

const askWorkflow = ({ client, workflowId, deadline, action }: Asking): Promise<ActionOutcome> =>
  callWorker({
    client,
    deadline,
    call: () => client.workflow.getHandle(workflowId).executeUpdate(actUpdate, { args: [action], updateId: updateIdOf(action) }),
  });

/** Taken or refused by the deadline; what then happens at a door or an encoder before it is answered may take longer. */
async function askOnce({ client, workflowId, deadline, action }: Asking): Promise<ActionOutcome> {
  // A digest of a card's number would give it away: the workflow alone tells whether such an order is the same one.
  const updateId = action.action === 'assign-card' ? randomUUID() : updateIdOf(action);
  const handle = client.workflow.getHandle(workflowId);
  const start = () => handle.startUpdate(actUpdate, { args: [action], updateId, waitForStage: 'ACCEPTED' });
  const taken = await callWorker({ client, deadline, call: start });
  return callWorker({ client, deadline: deadline + DEADLINE_MS.errand, call: () => taken.result() });
}

function refusal({ cause }: WorkflowUpdateFailedError): Error {
  return new Conflict(cause instanceof ApplicationFailure ? cause.message : 'the reservation closed before it could be done');
}
