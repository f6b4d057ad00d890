/** What the mailbox and the phone have received, in one shape, and the file in which both keep it. */
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';

export interface ReceivedMessage {
  readonly channel: 'email' | 'sms';
  /** The address of the envelope, or the phone number. */
  readonly to: string;
  /** ISO 8601, when it was accepted. */
  readonly at: string;
  /** Empty for an SMS. */
  readonly subject: string;
  readonly text: string;
  /** Empty for an SMS. */
  readonly html: string;
  /** The mail's `Message-ID`, or Twilio's SID. */
  readonly messageId: string;
}

/**
 * A file of one JSON value per line. Each is on its way to the disk before its sender hears that it was accepted, so that a
 * kill loses nothing that was promised; half a last line is passed over.
 */
export class JsonLines<T> {
  readonly #file: string | null;

  constructor(file: string | null) {
    this.#file = file;
    if (file !== null) mkdirSync(dirname(file), { recursive: true });
  }

  append(line: T): void {
    if (this.#file !== null) appendFileSync(this.#file, `${JSON.stringify(line)}\n`, { mode: 0o600 });
  }

  read(): readonly T[] {
    if (this.#file === null || !existsSync(this.#file)) return [];
    return readFileSync(this.#file, 'utf8')
      .split('\n')
      .flatMap((line) => {
        try {
          // Written by append, above.
          return [JSON.parse(line) as T];
        } catch {
          return [];
        }
      });
  }
}
