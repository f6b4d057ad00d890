/** The stay that everything is measured with: one guest, one room behind one door, a code, told by e-mail and SMS. */
import { takeReservation } from '../client/intake.ts';
import { propertyOf } from '../client/property-snapshot.ts';
import { parseConfiguration } from '../config/properties.ts';
import { HARBOUR_HOUSE } from '../simulator/example-estate.ts';
import { type Instant, iso } from '../workflows/domain/reservation.ts';
import type { ReservationFact } from '../workflows/messages.ts';

export const DEPLOYMENT = 'bench';
export const SOURCE = 'pms-harbour';
const GUEST = { email: 'ada.lovelace@example.com', phone: '+351912345678' } as const;

const HOUR = 3_600_000;
/** The default of `closesAfter`: access ends this long after the departure. */
const CLOSES_AFTER = HOUR / 2;

/** As many as it takes that no property reaches the number of messages which it may send in an hour. */
const PROPERTIES: readonly [string, ...string[]] = ['house-1', 'house-2', 'house-3', 'house-4'];
const [FIRST] = PROPERTIES;

/** Every default as it ships, but the quiet hours: the bench measures the same at night. */
const FILE = `properties:${PROPERTIES.map(
  (id) => `
  ${id}:
    name: Harbour House
    timeZone: Europe/Lisbon
    staff: { email: desk@harbour.example }
    messages: { quietHours: null, helpLine: "+351 210 000 000" }
    units: { "101": { entrances: [${HARBOUR_HOUSE.roomDoorIds['101']}] } }`,
).join('')}
`;

export const configuration = readConfiguration();

function readConfiguration() {
  const { value, problems } = parseConfiguration({ text: FILE, file: 'standard-stay.ts' });
  if (value === null) throw new Error(`The configuration of the standard stay is wrong: ${JSON.stringify(problems)}`);
  return value;
}

export interface Times {
  readonly startsAt: Instant;
  readonly endsAt: Instant;
}

/** Access that opened long ago, so that the guest is told as soon as the code is issued, and that ends after `length` milliseconds. */
export const endingIn = (length: number): Times => ({ startsAt: Date.now() - 2 * HOUR, endsAt: Date.now() + length });

/** The properties in turn. */
export const propertyOfStay = (count: number): string => PROPERTIES[count % PROPERTIES.length] ?? FIRST;

/** As a booking system puts it. */
export const bookingOf = ({ startsAt, endsAt, propertyId }: Times & { readonly propertyId: string }) => ({
  propertyId,
  version: '2026-11-20T10:15:00Z',
  status: 'confirmed',
  arrival: iso(startsAt),
  departure: iso(endsAt - CLOSES_AFTER),
  rooms: [{ id: '1', unitId: '101' }],
  guests: [{ id: 'g1', name: 'Ada Lovelace', ...GUEST, language: 'en' }],
  channel: { name: 'booking.com', reference: '4022011223' },
});

/** As the intake hands it on. */
export function factOf(times: Times): ReservationFact {
  const intake = takeReservation({ body: bookingOf({ ...times, propertyId: FIRST }), configuration, now: Date.now() });
  if (!intake.ok) throw new Error(`The booking of the standard stay is wrong: ${JSON.stringify(intake.errors)}`);
  const { reservation } = intake;
  const property = propertyOf({ configuration, stay: reservation });
  if (property === null) throw new Error(`No property ${reservation.propertyId} in the configuration of the standard stay.`);
  return { reservation, property };
}
