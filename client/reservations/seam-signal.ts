/** What Seam said, brought to the workflows that it is about. */
import { WorkflowNotFoundError } from '@temporalio/client';
import { workflowIdOfGrantKey } from '../../workflows/domain/ids.ts';
import { type SeamEvent, seamSignal } from '../../workflows/messages.ts';
import type { Context } from './context.ts';
import { callTemporal } from './temporal-calls.ts';

export interface Sending {
  readonly context: Context;
  readonly signal: SeamEvent;
  readonly deadline: number;
}

/** How many took it: a closed one does not. */
export async function sendAll({ workflowIds, ...sending }: Sending & { workflowIds: readonly string[] }): Promise<number> {
  const heard = await Promise.all(workflowIds.map((workflowId) => send({ ...sending, workflowId })));
  return heard.filter(Boolean).length;
}

async function send({ context: { client }, workflowId, signal, deadline }: Sending & { workflowId: string }): Promise<boolean> {
  try {
    await callTemporal({ client, deadline, call: () => client.workflow.getHandle(workflowId).signal(seamSignal, signal) });
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

/** A stranger's key leads to none. */
export function workflowsOfKeys({ context: { deployment }, keys }: { context: Context; keys: readonly string[] }): readonly string[] {
  const found = keys.map((grantKey) => workflowIdOfGrantKey({ grantKey, deployment }));
  return [...new Set(found.filter((id) => id !== null))];
}
