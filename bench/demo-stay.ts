/** The stay of the demo: booked over the API, followed by its view, and judged by what the stand-ins hold at the end. */
import { setTimeout as sleep } from 'node:timers/promises';
import { SeamHttp } from '@seamapi/http';
import type { Embedded } from '../bin/embedded.ts';
import { type Api, connectToApi } from '../client/cli/api.ts';
import { viewSchema } from '../client/http/view-schema.ts';
import type { ReservationView } from '../workflows/domain/view-types.ts';
import { shownMessage } from './demo-message.ts';

/** Milliseconds: long enough for the guest to be told on a busy machine, short enough to watch. */
const STAY = 10_000;
/** Milliseconds from the booking until everything has to be over. */
const DEADLINE = 45_000;
const PATH = '/v1/reservations/demo/R-1';
const GUEST = { id: 'g1', name: 'Ada Lovelace', email: 'ada@example.com', phone: '+351912345678', language: 'en' };

interface Demo {
  readonly embedded: Embedded;
  readonly dataDir: string;
  readonly signal: AbortSignal;
}

/** Whether the guest was told and no access is left. */
export async function playDemo({ embedded, dataDir, signal }: Demo): Promise<boolean> {
  const api = connectToApi({ env: { LATCHKEY_DATA_DIR: dataDir, LATCHKEY_PORT: new URL(embedded.url).port }, roles: ['operator'] });
  say(
    `Temporal, worker, HTTP server and the stand-ins for Seam, mail and SMS run (Temporal: ${embedded.devTemporal?.how ?? 'configured'})`,
  );
  const now = Date.now();
  const times = { arrival: new Date(now).toISOString(), departure: new Date(now + STAY).toISOString() };
  const body = {
    propertyId: 'harbour-house',
    version: 1,
    status: 'confirmed',
    ...times,
    rooms: [{ id: '1', unitId: '101' }],
    guests: [GUEST],
  };
  await api({ method: 'PUT', path: PATH, body });
  say(`the booking system put demo:R-1: room 101 from now on, for ${STAY / 1000} seconds`);
  const seam = new SeamHttp({ apiKey: embedded.outside.seam.apiKey, endpoint: embedded.outside.seam.endpoint });
  const view = await follow({ api, seam, embedded, signal });
  return judge({ view, seam, embedded });
}

interface Following {
  readonly api: Api;
  readonly seam: SeamHttp;
  readonly embedded: Embedded;
  readonly signal: AbortSignal;
}

/** Tells each thing once as it happens; the view is asked often, as an operator's page would. */
async function follow({ api, seam, embedded, signal }: Following): Promise<ReservationView> {
  const deadline = Date.now() + DEADLINE;
  let happened = 0;
  const shown = new Set<string>();
  for (;;) {
    const view = viewSchema.parse(await api({ method: 'GET', path: PATH }));
    for (const { at, what, actor, detail } of view.timeline.slice(happened))
      say(`${what} (${actor})${detail === '' ? '' : `: ${detail}`}`, at);
    happened = view.timeline.length;
    for (const message of (embedded.outside.mailbox?.() ?? []).filter(({ messageId }) => !shown.has(messageId))) {
      shown.add(message.messageId);
      console.log(await shownMessage({ message, seam, view }));
    }
    if (view.readiness === 'closed' || Date.now() > deadline) return view;
    await sleep(100, undefined, { signal });
  }
}

async function judge({ view, seam, embedded }: { view: ReservationView; seam: SeamHttp; embedded: Embedded }): Promise<boolean> {
  const told = (embedded.outside.mailbox?.() ?? [])
    .filter(({ to }) => to === GUEST.email || to === GUEST.phone)
    .map(({ channel }) => channel);
  const grants = await seam.accessGrants.list();
  const proven = view.access.length > 0 && view.access.every(({ absenceVerifiedAt }) => absenceVerifiedAt !== null);
  const verdicts: readonly (readonly [string, boolean])[] = [
    ['the guest was told by e-mail and by SMS', told.includes('email') && told.includes('sms')],
    ['the reservation is closed, after a read-back that found nothing', view.readiness === 'closed' && proven],
    ['no access grant is left in Seam', grants.length === 0],
  ];
  for (const [what, holds] of verdicts) say(`${holds ? 'yes' : 'NO '}  ${what}`);
  return verdicts.every(([, holds]) => holds);
}

/** With the seconds since the demo began. */
function say(what: string, at?: string): void {
  const seconds = (at === undefined ? Date.now() : Date.parse(at)) - performance.timeOrigin;
  console.log(`${(seconds / 1000).toFixed(1).padStart(5)} s  ${what}`);
}
