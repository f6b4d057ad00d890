/** Twilio's status callbacks: signed form posts that tell how far a message has come. */
import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PhoneMessage, PhoneMessages } from './phone-messages.ts';

export interface ReceiptSettings {
  /** Milliseconds before each step (`sent`, then the last one). */
  pause: number;
  /** How messages end: `delivered`, or `undelivered` or `failed` with one of Twilio's error codes. */
  outcome: { readonly status: 'delivered' | 'undelivered' | 'failed'; readonly errorCode: number | null };
  /** Statuses go on, but nobody is told. */
  dropped: boolean;
}

/** Pauses before a callback is posted again, in milliseconds. */
const RETRIES = [0, 100, 300, 1_000, 3_000] as const;

/** `X-Twilio-Signature`: HMAC-SHA1 under the auth token over the URL and the sorted parameters, name and value joined. */
function signature({
  url,
  parameters,
  authToken,
}: {
  readonly url: string;
  readonly parameters: URLSearchParams;
  readonly authToken: string;
}): string {
  const sorted = [...parameters].sort(([a], [b]) => (a < b ? -1 : 1));
  return createHmac('sha1', authToken)
    .update(url + sorted.map(([name, value]) => name + value).join(''))
    .digest('base64');
}

interface Account {
  readonly accountSid: string;
  readonly authToken: string;
}

export class Receipts {
  readonly settings: ReceiptSettings = { pause: 20, outcome: { status: 'delivered', errorCode: null }, dropped: false };
  readonly #account: Account;
  readonly #messages: PhoneMessages;
  readonly #stop = new AbortController();

  constructor({ account, messages }: { readonly account: Account; readonly messages: PhoneMessages }) {
    this.#account = account;
    this.#messages = messages;
  }

  /** Takes the message through its statuses in the background. */
  begin(message: PhoneMessage): void {
    this.#run(message).catch(() => {
      // Only `stop` ends a run early: its sleeps are aborted.
    });
  }

  stop(): void {
    this.#stop.abort();
  }

  async #run(message: PhoneMessage): Promise<void> {
    const { outcome, pause } = this.settings;
    await this.#sleep(pause);
    Object.assign(message, { status: 'sent', sentAt: Date.now() });
    await this.#tell(message);
    await this.#sleep(pause);
    Object.assign(message, outcome);
    this.#messages.changed(message);
    await this.#tell(message);
  }

  async #tell(message: PhoneMessage): Promise<void> {
    const url = message.statusCallback;
    if (url === null || this.settings.dropped) return;
    const { accountSid, authToken } = this.#account;
    const parameters = new URLSearchParams({
      AccountSid: accountSid,
      ApiVersion: '2010-04-01',
      From: message.from ?? '',
      MessageSid: message.sid,
      MessageStatus: message.status,
      SmsSid: message.sid,
      SmsStatus: message.status,
      To: message.to,
      ...(message.errorCode === null ? {} : { ErrorCode: String(message.errorCode) }),
    });
    const headers = { 'x-twilio-signature': signature({ url, parameters, authToken }) };
    for (const pause of RETRIES) {
      await this.#sleep(pause);
      if (await this.#post({ url, body: parameters, headers })) return;
    }
  }

  /** False when it should be tried again. */
  async #post({
    url,
    ...init
  }: {
    readonly url: string;
    readonly body: URLSearchParams;
    readonly headers: Record<string, string>;
  }): Promise<boolean> {
    try {
      const response = await fetch(url, { ...init, method: 'POST', signal: this.#stop.signal });
      await response.arrayBuffer();
      return response.status < 500;
    } catch {
      return false;
    }
  }

  async #sleep(milliseconds: number): Promise<void> {
    await sleep(milliseconds, undefined, { signal: this.#stop.signal });
  }
}
