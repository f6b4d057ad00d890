/** The real activities of many stays over the model: each stay's calls reach its own Seam and its own post. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { Context } from '@temporalio/activity';
import { createAccessActivities } from '../../activities/access.ts';
import type { SendInput, SendResult } from '../../activities/inputs.ts';
import type { AccessPort, MailPort, SmsPort } from '../../activities/ports.ts';
import { createSendMessage } from '../../activities/send-message.ts';
import type { LiveStay } from './live-stay.ts';
import { promise } from './promise.ts';
import { provenContent } from './proof.ts';

export class LivePorts {
  /** By workflow id. */
  readonly stays = new Map<string, LiveStay>();
  readonly #sending = new AsyncLocalStorage<SendInput>();

  activities(): object {
    const deps = { access: this.#access, mail: this.#mail, sms: this.#sms, neighbours: { find: async () => [] } };
    const propertyLimit = { admit: () => ({ admitted: true, giveBack: () => undefined }) as const };
    const send = createSendMessage({ ...deps, propertyLimit, mailDomain: 'model.example', statusCallback: () => null });
    const sendMessage = (input: SendInput): Promise<SendResult> => this.#watch({ workflowId: input.workflowId, work: () => this.#sending.run(input, () => send(input)) });
    const access = Object.entries(createAccessActivities(deps)).map(([name, activity]) => {
      const watched = (input: never): Promise<unknown> => this.#watch({ workflowId: Context.current().info.workflowExecution.workflowId, work: () => activity(input) });
      return [name, watched] as const;
    });
    return { ...Object.fromEntries(access), sendMessage };
  }

  readonly #access: AccessPort = {
    grant: async ({ grantKey, doors, modes, window }) => {
      const stay = this.#stayOf(grantKey);
      return stay.call({ call: 'grant', lane: grantKey, deed: () => stay.seam.grant({ key: grantKey, doors, modes, window }) });
    },
    changeWindow: async ({ accessGrantId, window }) => {
      const stay = this.#owning(accessGrantId);
      stay.call({ call: 'changeWindow', lane: accessGrantId, deed: () => stay.seam.move({ grantId: accessGrantId, window }) ?? true });
    },
    read: async ({ grantKey }) => {
      const stay = this.#stayOf(grantKey);
      return stay.call({ call: 'read', lane: `read ${grantKey}`, deed: () => stay.seam.read(grantKey) });
    },
    revoke: async ({ grantKey }) => {
      const stay = this.#stayOf(grantKey);
      stay.record.revoking.set(grantKey, stay.now);
      return { gone: stay.call({ call: 'revoke', lane: grantKey, deed: () => stay.seam.delete(grantKey) }) };
    },
    secret: async ({ accessMethodId }) => {
      const { seam } = this.#owning(accessMethodId);
      const method = [...seam.grants.values()].flatMap(({ methods }) => methods).find(({ id }) => id === accessMethodId);
      const secret = method?.secret ?? null;
      return { secret, issued: method?.state === 'issued', fingerprint: secret === null ? null : seam.fingerprint(secret) };
    },
  };

  readonly #mail: MailPort = { send: async ({ text }) => ({ messageId: this.#take({ text, lookUpSince: null }) }) };
  readonly #sms: SmsPort = { send: async ({ body, lookUpSince }) => ({ sid: this.#take({ text: body, lookUpSince }) }) };

  /** A channel takes what it is given; what it is told is looked at with the eyes of the model. */
  #take({ text, lookUpSince }: { text: string; lookUpSince: number | null }): string {
    const input = this.#sending.getStore();
    const stay = input === undefined ? undefined : this.stays.get(input.workflowId);
    if (input === undefined || stay === undefined) throw new Error('a message of no stay');
    const { messageId, guestId, channel, recipient, notice } = input;
    const grantKeys = input.proof.map(({ grantKey }) => grantKey);
    const deed = (): string => {
      const content = provenContent({ seam: stay.seam, notice, grantKeys });
      promise({ kept: content !== null, what: 'nobody is told what a read of Seam does not show', details: { notice, grants: [...stay.seam.grants] } });
      this.#readSecrets({ stay, text });
      const at = Context.current().info.scheduledTimestampMs;
      const told = 'facts' in notice ? grantKeys : [];
      return stay.post.take({ messageId, guestId, channel, address: recipient.address, kind: notice.kind, content: content ?? '', grantKeys: told, at, lookUpSince });
    };
    return stay.call({ call: channel, lane: messageId, deed: () => this.#kept({ stay, deed }) });
  }

  /** Every code that is written down opens a door now. */
  #readSecrets({ stay: { seam }, text }: { stay: LiveStay; text: string }): void {
    const written = [...seam.secrets.keys()].filter((secret) => text.replaceAll(/[\s-]/g, '').includes(secret.replaceAll('-', '')));
    const live = [...seam.grants.values()].flatMap(({ methods }) => methods.filter(({ state }) => state === 'issued').map(({ secret }) => secret));
    const dead = written.filter((secret) => !live.includes(secret));
    promise({ kept: dead.length === 0, what: 'no message holds a code that opens nothing', details: dead });
  }

  #kept<T>({ stay, deed }: { stay: LiveStay; deed: () => T }): T {
    try {
      return deed();
    } catch (error) {
      if (error instanceof Error) stay.broken.push(error);
      throw error;
    }
  }

  async #watch<T>({ workflowId, work }: { workflowId: string; work: () => Promise<T> }): Promise<T> {
    const stay = this.stays.get(workflowId);
    if (stay === undefined) throw new Error(`a call of no stay: ${workflowId}`);
    stay.active += 1;
    try {
      return await work();
    } finally {
      stay.active -= 1;
    }
  }

  #stayOf(grantKey: string): LiveStay {
    const stay = this.stays.get(grantKey.slice(0, grantKey.lastIndexOf('#')));
    if (stay === undefined) throw new Error(`a grant of no stay: ${grantKey}`);
    return stay;
  }

  #owning(id: string): LiveStay {
    const stay = [...this.stays.values()].find((candidate) => id.startsWith(`${candidate.id}-`));
    if (stay === undefined) throw new Error(`no stay has ${id}`);
    return stay;
  }
}
