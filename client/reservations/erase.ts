/** An operator's `erase`: refused before the end, else the start of an erasure, durable without a worker. */
import { ApplicationFailure, WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client';
import { reservationKeyText } from '../../workflows/domain/ids.ts';
import type { ReservationKey } from '../../workflows/domain/reservation.ts';
import type { ActionOutcome } from '../../workflows/messages.ts';
import { startErasure } from '../erasures.ts';
import { Conflict, UnknownReservation } from '../refusals.ts';
import type { Context } from './context.ts';
import { lastRun } from './last-run.ts';

interface Asked {
  readonly context: Context;
  readonly key: ReservationKey;
  /** The name of the token that asked. */
  readonly by: string;
  readonly deadline: number;
  /** Asks the workflow, while it runs: it may have reasons against. */
  readonly ask: () => Promise<unknown>;
}

/** @throws UnknownReservation, Conflict with the reason, NoWorker where the workflow runs and none answers, TemporalUnavailable */
export async function erase({ context, key, by, deadline, ask }: Asked): Promise<ActionOutcome> {
  const { workflowId } = key;
  const run = await lastRun({ context, workflowId, deadline });
  if (run === null) throw new UnknownReservation(reservationKeyText(key));
  if (run.running) await agreed(ask);
  await startErasure({ context, workflowId, by, deadline });
  return { outcome: 'accepted' };
}

/** A workflow that ends meanwhile has nothing against it. @throws Conflict */
async function agreed(ask: () => Promise<unknown>): Promise<void> {
  try {
    await ask();
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return;
    if (!(error instanceof WorkflowUpdateFailedError)) throw error;
    if (error.cause instanceof ApplicationFailure && error.cause.type === 'Refused') throw new Conflict(error.cause.message);
  }
}
