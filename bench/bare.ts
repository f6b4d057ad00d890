/** The bare workflow as a subject. */
import type { Client } from '@temporalio/client';
import { bareStay, issuedSignal } from './bare-workflow.ts';
import type { Subject } from './subject.ts';

const TASK_QUEUE = 'bench-bare';

const workflowIdOf = (id: string): string => `bare:${id}`;

export const createBare = ({ client }: { readonly client: Client }): Subject => ({
  name: 'bare',
  taskQueue: TASK_QUEUE,
  // It waits for nothing but its end.
  atRest: 'sms',
  workflowIdOf,
  book: ({ id, times: { endsAt } }) =>
    client.workflow.start(bareStay, { workflowId: workflowIdOf(id), taskQueue: TASK_QUEUE, args: [{ endsAt }] }),
  issue: (workflowId) => client.workflow.getHandle(workflowId).signal(issuedSignal),
  confirm: async () => {},
  ended: async (handle) => void (await handle.result()),
});
