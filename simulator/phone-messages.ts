/** The messages of the simulated phone, as Twilio's API keeps and lists them. */
import { randomBytes } from 'node:crypto';
import { JsonLines, type ReceivedMessage } from './received-message.ts';

export interface PhoneMessage {
  readonly sid: string;
  readonly to: string;
  readonly from: string | null;
  readonly messagingServiceSid: string | null;
  readonly createdAt: number;
  readonly statusCallback: string | null;
  body: string;
  status: string;
  sentAt: number | null;
  errorCode: number | null;
}

/** Twilio's dates: RFC 2822 in UTC. */
const date = (time: number | null): string | null => (time === null ? null : new Date(time).toUTCString().replace('GMT', '+0000'));

type Line = { readonly put: PhoneMessage } | { readonly deleted: string };

/** Newest first in lists; `to`, `from` and the day or instant of sending narrow them. */
export interface MessageFilter {
  readonly to: string | null;
  readonly from: string | null;
  readonly sentFrom: number | null;
  readonly sentUntil: number | null;
}

export class PhoneMessages {
  readonly #lines: JsonLines<Line>;
  readonly #bySid = new Map<string, PhoneMessage>();

  constructor(file: string | null) {
    this.#lines = new JsonLines(file);
    for (const line of this.#lines.read()) {
      if ('put' in line) this.#bySid.set(line.put.sid, line.put);
      else this.#bySid.delete(line.deleted);
    }
  }

  add(sent: Pick<PhoneMessage, 'to' | 'from' | 'messagingServiceSid' | 'statusCallback' | 'body'>): PhoneMessage {
    const message: PhoneMessage = {
      ...sent,
      sid: `SM${randomBytes(16).toString('hex')}`,
      createdAt: Date.now(),
      status: 'queued',
      sentAt: null,
      errorCode: null,
    };
    this.#bySid.set(message.sid, message);
    this.#lines.append({ put: message });
    return message;
  }

  /** Keeps what was changed of a message. */
  changed(message: PhoneMessage): void {
    if (this.#bySid.has(message.sid)) this.#lines.append({ put: message });
  }

  get(sid: string): PhoneMessage | null {
    return this.#bySid.get(sid) ?? null;
  }

  delete(sid: string): boolean {
    this.#lines.append({ deleted: sid });
    return this.#bySid.delete(sid);
  }

  list(filter: MessageFilter): readonly PhoneMessage[] {
    const sentAt = (message: PhoneMessage): number => message.sentAt ?? message.createdAt;
    const matching = [...this.#bySid.values()].filter(
      (message) =>
        (filter.to === null || message.to === filter.to) &&
        (filter.from === null || message.from === filter.from) &&
        (filter.sentFrom === null || sentAt(message) >= filter.sentFrom) &&
        (filter.sentUntil === null || sentAt(message) <= filter.sentUntil),
    );
    return matching.toReversed();
  }

  received(): readonly ReceivedMessage[] {
    return [...this.#bySid.values()].map((message) => ({
      channel: 'sms',
      to: message.to,
      at: new Date(message.createdAt).toISOString(),
      subject: '',
      text: message.body,
      html: '',
      messageId: message.sid,
    }));
  }
}

/** One message as Twilio answers it. */
export function showMessage(message: PhoneMessage, accountSid: string): object {
  const uri = `/2010-04-01/Accounts/${accountSid}/Messages/${message.sid}`;
  return {
    account_sid: accountSid,
    api_version: '2010-04-01',
    sid: message.sid,
    to: message.to,
    from: message.from,
    messaging_service_sid: message.messagingServiceSid,
    body: message.body,
    status: message.status,
    direction: 'outbound-api',
    date_created: date(message.createdAt),
    date_sent: date(message.sentAt),
    date_updated: date(message.sentAt ?? message.createdAt),
    error_code: message.errorCode,
    error_message: null,
    num_media: '0',
    num_segments: String(Math.max(1, Math.ceil(message.body.length / 153))),
    price: null,
    price_unit: 'USD',
    uri: `${uri}.json`,
    subresource_uris: { media: `${uri}/Media.json` },
  };
}
