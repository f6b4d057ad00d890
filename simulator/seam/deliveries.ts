/**
 * Sends events to webhooks as Svix does: signed, at least once, in no promised order. What is not delivered when the simulator
 * stops is not sent later; `/events/list` still has it.
 */
import { createHmac, randomBytes } from 'node:crypto';
import type { SeamEvent } from './records.ts';
import type { Settings } from './settings.ts';

/** Pauses before each further attempt, in milliseconds: Svix's schedule of 27 hours, made short. */
const PAUSES = [200, 500, 1_000, 2_000, 5_000, 10_000, 20_000] as const;
/** Svix gives an endpoint 15 s to answer. */
const PATIENCE = 15_000;

export interface Target {
  readonly url: string;
  readonly secret: string;
  readonly eventTypes: readonly string[];
}

interface Message extends Target {
  /** `svix-id`: the same on every attempt, so that receivers can tell a repetition. */
  readonly messageId: string;
  readonly body: string;
}

/** Svix's signature: HMAC-SHA256 over `id.timestamp.body` under the decoded part of the secret after `whsec_`. */
function signatureHeaders({ messageId, body, secret }: Pick<Message, 'messageId' | 'body' | 'secret'>): Record<string, string> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', key).update(`${messageId}.${timestamp}.${body}`).digest('base64');
  return { 'svix-id': messageId, 'svix-timestamp': timestamp, 'svix-signature': `v1,${signature}` };
}

export class Deliveries {
  readonly #settings: Settings;
  readonly #targets: () => readonly Target[];
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #stop = new AbortController();

  constructor({ settings, targets }: { readonly settings: Settings; readonly targets: () => readonly Target[] }) {
    this.#settings = settings;
    this.#targets = targets;
  }

  send(event: SeamEvent): void {
    if (this.#settings.dropWebhooks) return;
    const body = JSON.stringify(event);
    for (const target of this.#targets()) {
      if (!target.eventTypes.includes('*') && !target.eventTypes.includes(event.event_type)) continue;
      const message = { ...target, body, messageId: `msg_${randomBytes(12).toString('hex')}` };
      for (let copy = 0; copy < this.#settings.webhookCopies; copy += 1)
        this.#after(Math.random() * this.#settings.shuffleWebhooksMs, message, 0);
    }
  }

  stop(): void {
    this.#stop.abort();
    for (const timer of this.#timers) clearTimeout(timer);
  }

  #after(pause: number, message: Message, attempt: number): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      void this.#attempt(message, attempt);
    }, pause);
    this.#timers.add(timer);
  }

  async #attempt(message: Message, attempt: number): Promise<void> {
    if (this.#settings.dropWebhooks) return;
    const taken = await this.#post(message);
    const pause = PAUSES[attempt];
    if (!taken && pause !== undefined && !this.#stop.signal.aborted) this.#after(pause, message, attempt + 1);
  }

  /** True when the receiver answered 2xx. */
  async #post(message: Message): Promise<boolean> {
    try {
      const headers = { 'content-type': 'application/json', 'user-agent': 'Svix-Webhooks/1.0', ...signatureHeaders(message) };
      const signal = AbortSignal.any([this.#stop.signal, AbortSignal.timeout(PATIENCE)]);
      const response = await fetch(message.url, { method: 'POST', body: message.body, headers, redirect: 'manual', signal });
      await response.arrayBuffer();
      return response.ok;
    } catch {
      return false;
    }
  }
}
