/** The stays of a stricken house: what the booking system says of each, and what has to be true of it in the end. */
import { setTimeout as sleep } from 'node:timers/promises';
import { viewSchema } from '../../client/http/view-schema.ts';
import type { ReservationView } from '../../workflows/domain/view-types.ts';
import { STAYS_PER_HOUSE, type StrickenHouse } from './stricken-house.ts';

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const DAY = 24 * HOUR;

/** `kept` to `cancelled`: once the guest was told. `withdrawn`: cancelled in the next breath. `departing`: ends while everything breaks. */
const COURSES = ['kept', 'kept', 'extended', 'kept', 'moved', 'kept', 'cancelled', 'withdrawn', 'kept', 'departing'] as const;
export type Course = (typeof COURSES)[number];

export interface Stay {
  readonly id: string;
  readonly course: Course;
  readonly email: string;
  readonly phone: string;
  readonly body: { readonly version: number; readonly [field: string]: unknown };
  /** The unit of the last version. */
  readonly unitId: string;
  /** What the next version says otherwise; null: there is none. */
  readonly change: Readonly<Record<string, unknown>> | null;
}

export function stayOf({ index, now }: { readonly index: number; readonly now: number }): Stay {
  const course = COURSES[index % COURSES.length] ?? 'kept';
  const at = (time: number): string => new Date(time).toISOString();
  const unit = index % STAYS_PER_HOUSE;
  const phone = `+351912${String(100_000 + index)}`;
  const email = `guest-${index}@guests.example`;
  const rooms = (unitId: string) => [{ id: '1', unitId }];
  const isDeparting = course === 'departing';
  const [arrival, departure] = isDeparting ? [now - HOUR, now + 25 * SECOND] : [now + HOUR, now + 2 * DAY];
  const unitId = `u${course === 'moved' ? STAYS_PER_HOUSE + unit + 1 : unit}`;
  const changes: Partial<Record<Course, Record<string, unknown>>> = {
    extended: { departure: at(departure + DAY) },
    moved: { rooms: rooms(unitId) },
    cancelled: { status: 'cancelled' },
    withdrawn: { status: 'cancelled' },
  };
  const body = {
    propertyId: `house-${Math.floor(index / STAYS_PER_HOUSE)}`,
    version: 1,
    status: 'confirmed',
    arrival: at(arrival),
    departure: at(departure),
    rooms: rooms(`u${unit}`),
    guests: [{ id: 'g1', name: 'Ada Lovelace', email, phone }],
  };
  return { id: `R-${index}`, course, email, phone, body, unitId, change: changes[course] ?? null };
}

/** As a booking system does: until it is answered 202, however long that takes. Every other answer but 503 is a fault of ours. */
async function put({ house, stay, body }: { house: StrickenHouse; stay: Stay; body: Stay['body'] }): Promise<void> {
  for (;;) {
    const answer = await house.ask({ method: 'PUT', reservationId: stay.id, body }).catch(() => null);
    await answer?.arrayBuffer();
    if (answer?.status === 202) return;
    if (answer !== null && answer.status !== 503) throw new Error(`${stay.id} was answered ${answer.status}`);
    await sleep(200);
  }
}

/** `null`: nobody could answer, or nobody knows the stay. */
export async function view({ house, stay }: { house: StrickenHouse; stay: Stay }): Promise<ReservationView | null> {
  const answer = await house.ask({ method: 'GET', reservationId: stay.id }).catch(() => null);
  const body: unknown = await answer?.json().catch(() => null);
  return answer?.status === 200 ? viewSchema.parse(body) : null;
}

/** On both channels, as far as the engine knows. */
function wasTold(seen: ReservationView | null): boolean {
  const accepted = seen?.messages.filter(({ guestId, state }) => guestId !== null && (state === 'sent' || state === 'delivered'));
  return new Set(accepted?.map(({ channel }) => channel)).size === 2;
}

/** Books the stay and lets it take its course. */
export async function live({ house, stay }: { house: StrickenHouse; stay: Stay }): Promise<void> {
  await put({ house, stay, body: stay.body });
  if (stay.change === null) return;
  while (stay.course !== 'withdrawn' && !wasTold(await view({ house, stay }))) await sleep(1_000);
  await put({ house, stay, body: { ...stay.body, ...stay.change, version: 2 } });
}
