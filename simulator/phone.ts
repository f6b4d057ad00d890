/** A phone on this machine that receives what is sent by Twilio's Messages API, in place of the real service. Loopback only. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { answerMessages, type PhoneAnswer, problem } from './phone-api.ts';
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

export interface PhoneKnobs {
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

/** @throws Error when the port is taken */
export async function createPhone(options: PhoneOptions): Promise<Phone> {
  const { accountSid, authToken } = options;
  const messages = new PhoneMessages(options.file ?? null);
  const receipts = new Receipts({ account: { accountSid, authToken }, messages });
  const faults = new PhoneFaults();
  const password = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
  let server: Server | null = null;
  let port = options.port ?? 0;
  let pause = 0;

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const form = await readForm(request);
    if (pause > 0) await sleep(pause);
    if (request.headers.authorization !== password) return send(response, problem({ status: 401, code: 20003, message: 'Authenticate' }));
    const url = new URL(request.url ?? '/', 'http://phone');
    const fault = request.method === 'POST' ? faults.take(form.get('To') ?? '') : null;
    if (fault?.kind === 'refuse') return send(response, problem({ ...fault, message: 'Refused by the simulator' }));
    if (fault?.kind === 'cut') return void request.socket.destroy();
    const answer = answerMessages({ accountSid, messages, receipts }, { method: request.method ?? 'GET', url, form });
    if (fault?.kind === 'lose') return void request.socket.destroy();
    return send(response, answer);
  };

  const up = async (): Promise<void> => {
    if (server !== null) return;
    server = createServer((request, response) => void handle(request, response).catch(() => response.destroy()));
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    // A TCP server's address is an object; only pipes have text.
    port = (server.address() as AddressInfo).port;
  };
  const down = async (): Promise<void> => {
    const listening = server;
    server = null;
    if (listening === null) return;
    listening.closeAllConnections();
    listening.close();
    await once(listening, 'close');
  };

  await up();
  return {
    url: `http://127.0.0.1:${port}`,
    messages: () => messages.received(),
    knobs: {
      down,
      up,
      fault: (fault) => faults.add(fault),
      clearFaults: () => faults.clear(),
      slow: (milliseconds) => {
        pause = milliseconds;
      },
      receipts: (change) => void Object.assign(receipts.settings, change),
    },
    stop: async () => {
      receipts.stop();
      await down();
    },
  };
}
