/** The way to running stays for what was found out without a webhook. */
import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { StayPort } from '../activities/upkeep-ports.ts';
import { seamSignal } from '../workflows/messages.ts';
import { callTemporal, DEADLINE_MS } from './reservations/temporal-calls.ts';
import type { Reservations } from './reservations.ts';

/** No event of Seam's has this type: it only makes a stay look. */
const HINT = 'latchkey.sweep';

export function createStays({ client, reservations }: { client: Client; reservations: Pick<Reservations, 'seamEvent'> }): StayPort {
  return {
    hear: (body) => reservations.seamEvent(body),
    async hint({ workflowId, accessGrantId, hintId }) {
      const event = {
        eventId: hintId,
        eventType: HINT,
        occurredAt: Date.now(),
        accessGrantIds: [accessGrantId],
        accessMethodId: null,
        doorId: null,
      };
      try {
        const call = (): Promise<void> => client.workflow.getHandle(workflowId).signal(seamSignal, event);
        await callTemporal({ client, deadline: Date.now() + DEADLINE_MS.write, call });
        return true;
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return false;
        throw error;
      }
    },
  };
}
