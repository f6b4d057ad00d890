/** The real HTTP server on a free port, in front of reservations that live in memory. */
import type { AddressInfo } from 'node:net';
import { Registry } from 'prom-client';
import type { MailboxMessage } from '../../client/http/mailbox-route.ts';
import type { Rates } from '../../client/http/rate-limits.ts';
import { createServer, type ServerDependencies } from '../../client/http/server.ts';
import { UnknownReservation } from '../../client/refusals.ts';
import type { Reservations } from '../../client/reservations.ts';
import { unscopedToken } from '../../config/api-tokens.ts';
import type { Configuration } from '../../config/configuration.ts';
import { createLogger } from '../../config/log.ts';
import { createPassTokens } from '../../config/pass-token.ts';
import { parseConfiguration } from '../../config/properties.ts';
import { createTokenCheck } from '../../config/tokens.ts';

export const SEAM_SECRET = 'whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz';
export const OLD_SEAM_SECRET = 'whsec_b2xkb2xkb2xkb2xkb2xkb2xkb2xkb2xk';
export const TWILIO_TOKEN = 'twilio-auth-token-of-the-tests';
export const PUBLIC_URL = 'https://latchkey.example';

const TOKENS = { pms: 'pms-token-0123456789', viewer: 'viewer-token-0123456789', operator: 'operator-token-0123456789' } as const;
export type As = keyof typeof TOKENS | 'lisbon' | 'harbour';
const SCOPED = { lisbon: 'pms-of-lisbon-0123456789', harbour: 'operator-of-harbour-0123' } as const;

export function configuration(): Configuration {
  const text = `properties:
  harbour-house: { timeZone: Europe/Lisbon, units: { "101": { entrances: [e1] } } }
  hill-house: { timeZone: Asia/Kathmandu, units: { "1": { devices: [d1] } } }
`;
  const { value, problems } = parseConfiguration({ text, file: 'test.yaml' });
  if (value === null) throw new Error(problems.map(({ what }) => what).join('\n'));
  return value;
}

const tokens = createTokenCheck([
  ...(['pms', 'viewer', 'operator'] as const).map((role) => unscopedToken({ name: role, role, secret: TOKENS[role] })),
  { ...unscopedToken({ name: 'lisbon', role: 'pms', secret: SCOPED.lisbon }), sources: ['mews-lisbon'] },
  { ...unscopedToken({ name: 'harbour', role: 'operator', secret: SCOPED.harbour }), properties: ['harbour-house'] },
]);

export const passTokens = createPassTokens({ keys: [{ id: 'k1', key: Buffer.alloc(32, 7) }], deployment: 'latchkey' });

/** What the façade was asked, in order. */
interface Asked {
  readonly method: keyof Reservations;
  readonly input: unknown;
}

export interface Serving {
  readonly url: string;
  readonly port: number;
  readonly asked: Asked[];
  /** Every line of the log, as written. */
  readonly log: string[];
  /** Replaces what the façade does. */
  readonly facade: { -readonly [Method in keyof Reservations]: Reservations[Method] };
  request(path: string, init?: RequestInit & { readonly as?: As }): Promise<Response>;
  close(): Promise<void>;
}

export async function serve(
  options: { readonly mailbox?: readonly MailboxMessage[]; readonly rates?: Rates; readonly overrides?: Partial<ServerDependencies> } = {},
): Promise<Serving> {
  const asked: Asked[] = [];
  const log: string[] = [];
  const facade = inMemory();
  const note = <Input>(method: keyof Reservations, input: Input): Input => {
    asked.push({ method, input });
    return input;
  };
  const reservations: Reservations = {
    put: (input) => facade.put(note('put', input)),
    view: (input) => facade.view(note('view', input)),
    list: (input) => facade.list(note('list', input)),
    act: (input) => facade.act(note('act', input)),
    seamEvent: (input) => facade.seamEvent(note('seamEvent', input)),
    receipt: (input) => facade.receipt(note('receipt', input)),
    pass: (input) => facade.pass(note('pass', input)),
    askForHelp: (input) => facade.askForHelp(note('askForHelp', input)),
    propertyOfStay: (input) => facade.propertyOfStay(note('propertyOfStay', input)),
  };
  const { mailbox } = options;
  const app = await createServer({
    reservations,
    brakes: { list: async () => [], approve: async () => null },
    reveal: async () => '471 147',
    mobileSession: async ({ accessMethodId }) => (accessMethodId === 'key-1' ? 'seam_cst1_ABCDEF123456' : null),
    configuration: configuration(),
    tokens,
    passTokens,
    log: createLogger({ role: 'serve', level: 'debug', stream: { write: (line: string) => void log.push(line) } }),
    registry: new Registry(),
    unownedGrants: async () => 3,
    readiness: async () => ({ ready: true, checks: { temporal: 'ok', worker: 'ok', seam: 'standin', mail: 'ok', sms: 'ok' } }),
    seamWebhookSecrets: [OLD_SEAM_SECRET, SEAM_SECRET],
    twilioAuthToken: TWILIO_TOKEN,
    publicUrl: PUBLIC_URL,
    trustProxy: false,
    mailbox: mailbox === undefined ? null : () => mailbox,
    version: '0.0.0',
    ...(options.rates === undefined ? {} : { rates: options.rates }),
    ...options.overrides,
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  // A TCP server's address is an object; only pipes have text.
  const { port } = app.server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    port,
    asked,
    log,
    facade,
    request: (path, { as, ...init } = {}) =>
      fetch(`${url}${path}`, { ...init, headers: { ...authorization(as), ...Object.fromEntries(new Headers(init.headers)) } }),
    close: () => app.close(),
  };
}

const authorization = (as: As | undefined): Record<string, string> =>
  as === undefined ? {} : { authorization: `Bearer ${{ ...TOKENS, ...SCOPED }[as]}` };

const inMemory = (): Reservations => ({
  put: async ({ source, reservationId }) => ({
    key: `${source}:${reservationId}`,
    workflowId: `latchkey:${source}:${reservationId}`,
    outcome: 'accepted',
  }),
  view: async () => null,
  list: async () => ({ reservations: [], nextCursor: null }),
  act: async () => {
    throw new UnknownReservation('mews-lisbon:R-1');
  },
  seamEvent: async () => 1,
  receipt: async () => true,
  pass: async () => null,
  askForHelp: async () => true,
  propertyOfStay: async () => null,
});

/** A body that is right in everything. */
export const booking = (): Record<string, unknown> => ({
  propertyId: 'harbour-house',
  version: 1,
  status: 'confirmed',
  arrival: '2027-02-01',
  departure: '2027-02-04T12:00',
  rooms: [{ id: '1', unitId: '101' }],
  guests: [{ id: 'g1', name: 'Ada Lovelace', email: 'ada@example.com', phone: '+351912345678', language: 'en', roomIds: ['1'] }],
});

export const put = (
  serving: Serving,
  body: unknown,
  { as = 'pms', path = '/v1/reservations/mews-lisbon/R-1' }: { as?: As; path?: string } = {},
): Promise<Response> =>
  serving.request(path, {
    as,
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
