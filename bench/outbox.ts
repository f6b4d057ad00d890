/** Mail and SMS in this process: taken at once, and kept until the receipts are played. */
import { randomUUID } from 'node:crypto';
import type { MessageDeps } from '../activities/send-message.ts';
import { type Milestones, workflowId } from './milestones.ts';

interface Sent {
  readonly messageId: string;
  readonly sid: string;
}

export class Outbox {
  readonly #sms = new Map<string, Sent>();
  readonly #milestones: Milestones;

  constructor(milestones: Milestones) {
    this.#milestones = milestones;
  }

  readonly messages: Omit<MessageDeps, 'access'> = {
    mail: {
      send: async ({ messageId }) => {
        this.#milestones.reach({ workflowId: workflowId(), milestone: 'mail' });
        return { messageId };
      },
    },
    sms: {
      send: async ({ statusCallback }) => {
        const sid = `SM${randomUUID().replaceAll('-', '')}`;
        this.#sms.set(workflowId(), { messageId: statusCallback ?? '', sid });
        this.#milestones.reach({ workflowId: workflowId(), milestone: 'sms' });
        return { sid };
      },
    },
    // Each stay of the bench has a unit of its own.
    neighbours: { find: async () => [] },
    // A property's 200 messages an hour are not what is measured.
    propertyLimit: { admit: () => ({ admitted: true, giveBack: () => {} }) },
    mailDomain: 'harbour.example',
    // In place of an address: nobody calls it, and `takeSms` needs to know whose receipt it is.
    statusCallback: ({ messageId }) => messageId,
    passUrl: () => null,
  };

  /** What the receipts are about. @throws Error before the SMS was handed over */
  takeSms(id: string): Sent {
    const sent = this.#sms.get(id);
    if (sent === undefined) throw new Error(`No SMS of ${id} has gone out.`);
    this.#sms.delete(id);
    return sent;
  }
}
