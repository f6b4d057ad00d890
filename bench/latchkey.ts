/**
 * This engine as a subject, played as production plays it: the first word of the booking system with its search attributes and its
 * priority, Seam's event, and each receipt through the very function that decides whether the workflow hears of it.
 */
import type { Client, WorkflowHandle } from '@temporalio/client';
import { startPriority } from '../client/reservations/priority.ts';
import { takeReceipt } from '../client/reservations/receipt.ts';
import { workflowIdOf as latchkeyIdOf } from '../workflows/domain/ids.ts';
import type { ReservationKey } from '../workflows/domain/reservation.ts';
import { type ReservationFact, reservationSignal, seamSignal, WORKFLOW_TYPE } from '../workflows/messages.ts';
import type { reservationAccess } from '../workflows/reservation-access.ts';
import { initialSearchAttributes } from '../workflows/visibility.ts';
import type { InProcessSeam } from './in-process-seam.ts';
import type { Outbox } from './outbox.ts';
import { configuration, DEPLOYMENT, factOf, SOURCE } from './standard-stay.ts';
import { StayCutShort, type Subject } from './subject.ts';

const TASK_QUEUE = 'bench-latchkey';

interface World {
  readonly client: Client;
  readonly seam: InProcessSeam;
  readonly outbox: Outbox;
}

export const workflowIdOf = (id: string): string => latchkeyIdOf({ deployment: DEPLOYMENT, source: SOURCE, reservationId: id });

export const createLatchkey = ({ client, seam, outbox }: World): Subject => ({
  name: 'latchkey',
  taskQueue: TASK_QUEUE,
  atRest: 'read',
  workflowIdOf,
  book({ id, times }) {
    const workflowId = workflowIdOf(id);
    const key: ReservationKey = { source: SOURCE, reservationId: id, workflowId };
    const fact = factOf(times);
    const now = Date.now();
    return client.workflow.signalWithStart<typeof reservationAccess, [ReservationFact]>(WORKFLOW_TYPE, {
      workflowId,
      taskQueue: TASK_QUEUE,
      args: [{ reservation: key, carried: null }],
      signal: reservationSignal,
      signalArgs: [fact],
      typedSearchAttributes: initialSearchAttributes({ key, fact, now }),
      priority: startPriority({ fact, now }),
    });
  },
  issue: (workflowId) => client.workflow.getHandle(workflowId).signal(seamSignal, seam.issue(workflowId)),
  async confirm(workflowId) {
    const { messageId, sid } = outbox.takeSms(workflowId);
    const context = { client, taskQueue: TASK_QUEUE, deployment: DEPLOYMENT, configuration };
    for (const status of ['sent', 'delivered']) {
      await takeReceipt({ context, workflowId, receipt: { messageId, sid, status, errorCode: null } });
    }
  },
  ended,
});

/** Told on both channels, confirmed, and proven gone. */
export async function ended(handle: WorkflowHandle<typeof reservationAccess>): Promise<void> {
  const { messages, accesses } = await handle.result();
  const told = messages.map(({ channel, state }) => `${channel} ${state}`).toSorted();
  if (told.join() !== 'email sent,sms delivered') throw new StayCutShort(handle.workflowId);
  const isGone = accesses.length === 1 && accesses.every(({ readBackAt, residualUntil }) => readBackAt !== null && residualUntil === null);
  if (!isGone) throw new Error(`${handle.workflowId} ended without proof that its access is gone.`);
}
