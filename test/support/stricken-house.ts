/**
 * Houses served by real processes over real protocols: a worker, an HTTP server and a Temporal server with its database on disk, all of
 * which can be killed, and stand-ins for Seam, the mail server and Twilio, all of which can fail.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HARBOUR_HOUSE } from '../../simulator/example-estate.ts';
import { createMailbox, type Mailbox } from '../../simulator/mailbox.ts';
import { createPhone, type Phone } from '../../simulator/phone.ts';
import { findTemporal, TEMPORAL_CLI } from '../../simulator/temporal-binary.ts';
import { freePort } from './free-port.ts';
import { KillableTemporal } from './killable-temporal.ts';
import { LatchkeyProcess } from './latchkey-process.ts';
import { openSeamWorkspace, type SeamWorkspace, WEBHOOK_SECRET } from './seam-workspace.ts';

/** Stays per house, below what a house may send in an hour. */
export const STAYS_PER_HOUSE = 60;
const PHONE = { accountSid: `AC${'0'.repeat(32)}`, authToken: 'an-auth-token-of-the-tests' };
const TOKEN = 'a-token-for-the-tests-only';
const rooms = Object.values(HARBOUR_HOUSE.roomDoorIds);

export interface StrickenHouse extends AsyncDisposable {
  readonly workspace: SeamWorkspace;
  readonly mailbox: Mailbox;
  readonly phone: Phone;
  readonly worker: LatchkeyProcess;
  readonly serve: LatchkeyProcess;
  /** Kills the Temporal server and starts it again on the same database and port. */
  killTemporal(): Promise<void>;
  /** Asks our server; what it answers is whoever asks to judge. @throws where nobody answers */
  ask(request: { readonly method: 'GET' | 'PUT'; readonly reservationId: string; readonly body?: unknown }): Promise<Response>;
  /** Of what the processes said. */
  readonly folder: string;
}

/** Two units for each stay, so that one can be moved; neighbours have other doors. JSON is YAML. */
function configurationFor(houses: number): string {
  const units = Object.fromEntries(
    Array.from({ length: 2 * STAYS_PER_HOUSE }, (_, i) => [`u${i}`, { entrances: [rooms[i % rooms.length]] }]),
  );
  const house = {
    timeZone: 'Europe/Lisbon',
    staff: { email: 'desk@house.example' },
    access: { closesAfter: 'PT0S' },
    messages: { quietHours: null },
    units,
  };
  return JSON.stringify({ properties: Object.fromEntries(Array.from({ length: houses }, (_, i) => [`house-${i}`, house])) });
}

export async function openStrickenHouse({ houses }: { readonly houses: number }): Promise<StrickenHouse> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-faults-'));
  const { path: binary } = await findTemporal({ program: TEMPORAL_CLI });
  const [port, temporalPort] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${port}`;
  const temporal = new KillableTemporal({
    binary,
    databaseFile: join(folder, 'temporal.db'),
    port: temporalPort,
    logFile: join(folder, 'temporal.log'),
  });
  const [workspace, mailbox, phone, { address }] = await Promise.all([
    openSeamWorkspace({ webhookUrl: `${url}/webhooks/seam`, settings: { issuanceDelayMs: 300, webhookCopies: 2, shuffleWebhooksMs: 400 } }),
    createMailbox(),
    createPhone(PHONE),
    temporal.start(),
  ]);
  writeFileSync(join(folder, 'latchkey.yaml'), configurationFor(houses));
  const env = {
    PATH: process.env['PATH'],
    HOME: process.env['HOME'],
    LATCHKEY_CONFIG: join(folder, 'latchkey.yaml'),
    LATCHKEY_DATA_DIR: folder,
    LATCHKEY_PORT: String(port),
    LATCHKEY_LOG_LEVEL: 'info',
    LATCHKEY_API_TOKENS: `operator:${TOKEN}`,
    LATCHKEY_ENCRYPTION_KEYS: `k1:${randomBytes(32).toString('base64')}`,
    TEMPORAL_ADDRESS: address,
    SEAM_API_KEY: workspace.apiKey,
    SEAM_WEBHOOK_SECRET: WEBHOOK_SECRET,
    SEAM_ENDPOINT: workspace.simulator.url,
    SMTP_URL: mailbox.url,
    MAIL_FROM: 'Harbour House <stay@house.example>',
    TWILIO_ACCOUNT_SID: PHONE.accountSid,
    TWILIO_AUTH_TOKEN: PHONE.authToken,
    TWILIO_FROM: '+15005550006',
    TWILIO_API_URL: phone.url,
  };
  const [worker, serve] = (['worker', 'serve'] as const).map(
    (role) => new LatchkeyProcess({ role, env, logFile: join(folder, `${role}.log`) }),
  );
  if (worker === undefined || serve === undefined) throw new Error('two roles make two processes');
  for (const process of [worker, serve]) process.start();
  return {
    workspace,
    mailbox,
    phone,
    worker,
    serve,
    folder,
    killTemporal: () => temporal.kill(),
    ask: ({ method, reservationId, body }) =>
      fetch(`${url}/v1/reservations/pms/${reservationId}`, {
        method,
        headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
        signal: AbortSignal.timeout(15_000),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    [Symbol.asyncDispose]: async () => {
      await Promise.all([worker.kill(), serve.kill()]);
      await temporal.stop();
      await Promise.all([workspace[Symbol.asyncDispose](), mailbox.stop(), phone.stop()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
