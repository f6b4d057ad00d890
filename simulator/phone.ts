/** A phone on this machine that receives what is sent by Twilio's Messages API, in place of the real service. Loopback only. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Loopback } from './loopback.ts';
import { type Account, answerMessages, type PhoneAnswer, problem } from './phone-api.ts';
import { type PhoneFault, PhoneFaults } from './phone-faults.ts';
import { PhoneMessages } from './phone-messages.ts';
import { type ReceiptSettings, Receipts } from './phone-receipts.ts';
import type { ReceivedMessage } from './received-message.ts';

export interface PhoneOptions {
  readonly accountSid: string;
  readonly authToken: string;
  /** 0, the default: any free one. */
  readonly port?: number;
  readonly file?: string;
}

interface PhoneKnobs {
  /** Nobody listens on the port until `up`. */
  down(): Promise<void>;
  up(): Promise<void>;
  /** Lets messages go wrong: refused, lost after they were taken, or cut before. */
  fault(fault: PhoneFault): void;
  clearFaults(): void;
  /** Milliseconds before each answer. */
  slow(milliseconds: number): void;
  receipts(change: Partial<ReceiptSettings>): void;
}

export interface Phone {
  /** For `TWILIO_API_URL`. */
  readonly url: string;
  messages(): readonly ReceivedMessage[];
  readonly knobs: PhoneKnobs;
  stop(): Promise<void>;
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  let body = '';
  request.setEncoding('utf8');
  for await (const chunk of request) body += chunk;
  return new URLSearchParams(body);
}

function send(response: ServerResponse, { status, body, headers = {} }: PhoneAnswer): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(body === null ? undefined : JSON.stringify(body));
}

interface Line {
  readonly account: Account;
  readonly password: string;
  readonly faults: PhoneFaults;
  pause: number;
}

async function handle(
  line: Line,
  { request, response }: { readonly request: IncomingMessage; readonly response: ServerResponse },
): Promise<void> {
  const form = await readForm(request);
  if (line.pause > 0) await sleep(line.pause);
  if (request.headers.authorization !== line.password)
    return send(response, problem({ status: 401, code: 20003, message: 'Authenticate' }));
  const fault = request.method === 'POST' ? line.faults.take(form.get('To') ?? '') : null;
  if (fault?.kind === 'refuse') return send(response, problem({ ...fault, message: 'Refused by the simulator' }));
  if (fault?.kind === 'cut') return void request.socket.destroy();
  const url = new URL(request.url ?? '/', 'http://phone');
  const answer = answerMessages(line.account, { method: request.method ?? 'GET', url, form });
  if (fault?.kind === 'lose') return void request.socket.destroy();
  return send(response, answer);
}

/** @throws Error when the port is taken */
export async function createPhone({ accountSid, authToken, port = 0, file }: PhoneOptions): Promise<Phone> {
  const messages = new PhoneMessages(file ?? null);
  const receipts = new Receipts({ account: { accountSid, authToken }, messages });
  const password = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
  const line: Line = { account: { accountSid, messages, receipts }, password, faults: new PhoneFaults(), pause: 0 };
  const create = (): Server =>
    createServer((request, response) => void handle(line, { request, response }).catch(() => response.destroy()));
  const loopback = new Loopback({ create, port });
  await loopback.up();
  return {
    url: `http://127.0.0.1:${loopback.port}`,
    messages: () => messages.received(),
    knobs: {
      down: () => loopback.down(),
      up: () => loopback.up(),
      fault: (fault) => line.faults.add(fault),
      clearFaults: () => line.faults.clear(),
      slow: (milliseconds) => void Object.assign(line, { pause: milliseconds }),
      receipts: (change) => void Object.assign(receipts.settings, change),
    },
    stop: async () => {
      receipts.stop();
      await loopback.down();
    },
  };
}
