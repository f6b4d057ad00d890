/** What a guest's page asks of the stay, and what it has to tell it. */
import { WorkflowNotFoundError } from '@temporalio/client';
import { type PassView, passViewOf } from '../../workflows/domain/pass-view.ts';
import { helpSignal, passQuery } from '../../workflows/messages.ts';
import { askStay } from './ask-stay.ts';
import { type Address, type Context, keyOf } from './context.ts';
import { lastRun } from './last-run.ts';
import { callTemporal, DEADLINE_MS } from './temporal-calls.ts';

export interface OfGuest extends Address {
  readonly guestId: string;
}

interface Asked extends OfGuest {
  readonly context: Context;
}

const workflowIdOf = ({ context: { deployment }, ...address }: Asked): string => keyOf({ deployment, address }).workflowId;

/** null: the stay is unknown, or has no such guest. @throws NoWorker within 3 s, TemporalUnavailable */
export async function pass(asked: Asked): Promise<PassView | null> {
  const { context, guestId } = asked;
  const workflowId = workflowIdOf(asked);
  return askStay({
    context,
    workflowId,
    query: (client) => client.getHandle(workflowId).query(passQuery, guestId),
    derive: (state) => passViewOf({ state, guestId, now: Date.now() }),
  });
}

/** Durable once answered, with no worker alive. false: the stay is unknown or closed. @throws TemporalUnavailable */
export async function askForHelp(asked: Asked): Promise<boolean> {
  const { context, guestId } = asked;
  const { client } = context;
  const call = () => client.workflow.getHandle(workflowIdOf(asked)).signal(helpSignal, { guestId });
  try {
    await callTemporal({ client, deadline: Date.now() + DEADLINE_MS.write, call });
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

/** By the server alone, for when no worker answers. null: it does not say. */
export async function propertyOfStay(asked: Asked): Promise<string | null> {
  const { context } = asked;
  try {
    const run = await lastRun({ context, workflowId: workflowIdOf(asked), deadline: Date.now() + DEADLINE_MS.probe });
    return run?.propertyId ?? null;
  } catch {
    return null;
  }
}
