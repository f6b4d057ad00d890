/** A mail server on this machine that keeps what it is given and sends nothing on, in place of a real one. Loopback only. */
import type { Server } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { Loopback } from './loopback.ts';
import { JsonLines, type ReceivedMessage } from './received-message.ts';

interface MailboxKnobs {
  /** Nobody listens on the port, and open connections break, until `up`. */
  down(): Promise<void>;
  up(): Promise<void>;
  /** Refuses a recipient: 451 is for now, 550 for good. Until `accept`. */
  refuse(refusal: { readonly address: string; readonly code: 451 | 550 }): void;
  accept(address: string): void;
  /** Milliseconds from the end of a message to its answer. */
  slow(milliseconds: number): void;
  /** Keeps the next messages and cuts the connection instead of saying so. */
  loseAnswers(count: number): void;
}

export interface Mailbox {
  /** For `SMTP_URL`. */
  readonly url: string;
  messages(): readonly ReceivedMessage[];
  readonly knobs: MailboxKnobs;
  stop(): Promise<void>;
}

class Store {
  readonly #lines: JsonLines<ReceivedMessage>;
  readonly messages: ReceivedMessage[];

  constructor(file: string | null) {
    this.#lines = new JsonLines(file);
    this.messages = [...this.#lines.read()];
  }

  /** One entry for each recipient of the envelope. */
  async take(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> {
    const mail = await simpleParser(stream);
    for (const { address } of session.envelope.rcptTo) {
      const message: ReceivedMessage = {
        channel: 'email',
        to: address,
        at: new Date().toISOString(),
        subject: mail.subject ?? '',
        text: mail.text ?? '',
        html: mail.html || '',
        messageId: mail.messageId ?? '',
      };
      this.#lines.append(message);
      this.messages.push(message);
    }
  }
}

interface Behaviour {
  readonly refusals: Map<string, 451 | 550>;
  pause: number;
  answersToLose: number;
}

const rejection = (code: 451 | 550): Error =>
  Object.assign(new Error(code === 451 ? '4.3.0 Try again later' : '5.1.1 No such mailbox'), { responseCode: code });

interface Parts {
  readonly store: Store;
  readonly behaviour: Behaviour;
  readonly cut: (remotePort: number) => void;
}

function createServer({ store, behaviour, cut }: Parts): Server {
  const receive = async (stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> => {
    await store.take(stream, session);
    if (behaviour.pause > 0) await sleep(behaviour.pause);
    if (behaviour.answersToLose === 0) return;
    behaviour.answersToLose -= 1;
    cut(session.remotePort);
  };
  const smtp = new SMTPServer({
    authOptional: true,
    hideSTARTTLS: true,
    disableReverseLookup: true,
    onAuth: (_auth, _session, callback) => callback(null, { user: 'anyone' }),
    onRcptTo: ({ address }, _session, callback) => {
      const code = behaviour.refusals.get(address.toLowerCase());
      callback(code === undefined ? null : rejection(code));
    },
    onData: (stream, session, callback) => void receive(stream, session).then(() => callback(null), callback),
  });
  // A connection that breaks is the client's business.
  smtp.on('error', () => {});
  return smtp.server;
}

/** @throws Error when the port is taken */
export async function createMailbox(options: { readonly port?: number; readonly file?: string } = {}): Promise<Mailbox> {
  const store = new Store(options.file ?? null);
  const behaviour: Behaviour = { refusals: new Map(), pause: 0, answersToLose: 0 };
  const create = (): Server => createServer({ store, behaviour, cut: (remotePort) => loopback.cut(remotePort) });
  const loopback = new Loopback({ create, port: options.port ?? 0 });
  await loopback.up();
  return {
    url: `smtp://127.0.0.1:${loopback.port}`,
    messages: () => store.messages,
    knobs: {
      down: () => loopback.down(),
      up: () => loopback.up(),
      refuse: ({ address, code }) => void behaviour.refusals.set(address.toLowerCase(), code),
      accept: (address) => void behaviour.refusals.delete(address.toLowerCase()),
      slow: (milliseconds) => void Object.assign(behaviour, { pause: milliseconds }),
      loseAnswers: (count) => void Object.assign(behaviour, { answersToLose: count }),
    },
    stop: () => loopback.down(),
  };
}
