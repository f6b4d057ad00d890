/** What the SMS service reports of a message, on its way to the workflow that sent it. */
import { WorkflowNotFoundError } from '@temporalio/client';
import { type Receipt, receiptSignal } from '../../workflows/messages.ts';
import type { Context } from './context.ts';
import { callTemporal, DEADLINE_MS } from './temporal-calls.ts';

/**
 * The statuses that change what is known. `queued`, `sending` and `sent` follow every message and say no more than its acceptance
 * did, which the sending activity has already recorded; each signal is billed, and three more per SMS would double its cost.
 */
const TELLING: ReadonlySet<string> = new Set<Receipt['status']>(['delivered', 'undelivered', 'failed']);

export interface ReportedStatus extends Omit<Receipt, 'status'> {
  /** Any word of the service's. */
  readonly status: string;
}

const isTelling = (receipt: ReportedStatus): receipt is Receipt => TELLING.has(receipt.status);

/** Whether a workflow heard of it. @throws TemporalUnavailable */
export async function takeReceipt({
  context,
  workflowId,
  receipt,
}: {
  context: Context;
  workflowId: string;
  receipt: ReportedStatus;
}): Promise<boolean> {
  const { client, deployment } = context;
  if (!isTelling(receipt) || !workflowId.startsWith(`${deployment}:`)) return false;
  const { messageId, sid, status, errorCode } = receipt;
  const signal: Receipt = { messageId, sid, status, errorCode };
  const deadline = Date.now() + DEADLINE_MS.write;
  try {
    await callTemporal({ client, deadline, call: () => client.workflow.getHandle(workflowId).signal(receiptSignal, signal) });
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}
