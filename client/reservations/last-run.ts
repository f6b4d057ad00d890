/** The latest run of a reservation's workflow as the server knows it: no worker is asked. */
import { WorkflowFailedError, WorkflowNotFoundError } from '@temporalio/client';
import type { Version } from '../../workflows/domain/reservation.ts';
import type { ReservationState } from '../../workflows/domain/state.ts';
import { attributesOf, versionOf } from './attributes.ts';
import type { Context } from './context.ts';
import { callTemporal } from './temporal-calls.ts';

export interface LastRun {
  readonly running: boolean;
  readonly propertyId: string | null;
  /** As the search attributes say, which may lag behind the workflow; null where they do not. */
  readonly version: Version | null;
}

interface Asked {
  readonly context: Pick<Context, 'client'>;
  readonly workflowId: string;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
}

/** null: Temporal knows no such workflow, or no longer. @throws TemporalUnavailable */
export async function lastRun({ context: { client }, workflowId, deadline }: Asked): Promise<LastRun | null> {
  try {
    const { status, raw } = await callTemporal({ client, deadline, call: () => client.workflow.getHandle(workflowId).describe() });
    const attributes = attributesOf(raw.workflowExecutionInfo);
    return {
      running: status.name === 'RUNNING' || status.name === 'PAUSED',
      propertyId: attributes.LatchkeyProperty,
      version: versionOf(attributes),
    };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  }
}

/** The state in which a closed run ended; null where it ended without one, terminated or failed. @throws TemporalUnavailable */
export async function lastState({ context: { client }, workflowId, deadline }: Asked): Promise<ReservationState | null> {
  const handle = client.workflow.getHandle<() => Promise<ReservationState>>(workflowId, undefined, { followRuns: false });
  try {
    return await callTemporal({ client, deadline, call: () => handle.result() });
  } catch (error) {
    if (error instanceof WorkflowFailedError || error instanceof WorkflowNotFoundError) return null;
    throw error;
  }
}
