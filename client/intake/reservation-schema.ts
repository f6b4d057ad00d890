/** The body of a PUT: the one source of the check, of the OpenAPI document and of the messages about each field. Unknown fields are dropped. */
import { z } from 'zod';
import { cleanName, cleanText } from './booking-text.ts';
import { emailOf, languageOf, phoneOf } from './contact.ts';
import { isInstant, stayTimeOf } from './stay-time.ts';

export const LIMITS = { rooms: 100, guests: 200, shareWith: 100, conditions: 100 } as const;

export const SOURCE = /^[A-Za-z0-9._~-]{1,64}$/;
export const RESERVATION_ID = /^[A-Za-z0-9._~-]{1,128}$/;
const KEY = /^[A-Za-z0-9._~-]{1,64}:[A-Za-z0-9._~-]{1,128}$/;

const NOT_EMPTY = 'must not be empty';
const word = (max: number) => z.string().max(max).transform(cleanText);
/** An id of the booking system's. Ids are compared after cleaning, as they are kept. */
const identifier = word(128).refine((id) => id !== '', NOT_EMPTY);

/** A text that `parse` takes; what it refuses gets `message`. Empty means absent: many systems send it for nothing. */
const contact = (parse: (text: string) => string | null, message: string) =>
  z
    .string()
    .max(320)
    .transform((text, check) => {
      if (text.trim() === '') return null;
      const parsed = parse(text);
      if (parsed === null) check.addIssue({ code: 'custom', message });
      return parsed;
    });

const stayTime = z
  .string()
  .max(40)
  .transform((text, check) => {
    const parsed = stayTimeOf(text);
    if (parsed !== null) return parsed;
    check.addIssue({
      code: 'custom',
      message: 'expected a date or time that exists, such as 2026-12-01, 2026-12-01T14:00 or 2026-12-01T14:00:00Z',
    });
    return z.NEVER;
  })
  .meta({
    description: 'Property time. A date alone means the default check-in or check-out. Also with seconds, and with Z or an offset.',
    examples: ['2026-12-01', '2026-12-01T14:00'],
  });

const version = z
  .union([z.int(), z.string().max(40).refine(isInstant)], {
    error: 'expected an integer, or an ISO 8601 instant such as 2026-11-20T10:15:00Z',
  })
  .meta({
    description: 'When the booking system last changed the reservation, or an integer that grows. Orders what arrives out of order.',
  });

const room = z.object({
  id: identifier,
  unitId: identifier.nullish().meta({ description: 'null: not assigned yet.' }),
  arrival: stayTime.nullish(),
  departure: stayTime.nullish(),
});

const guest = z.object({
  id: identifier,
  name: z.string().max(2000).transform(cleanName).nullish().meta({ description: 'Kept to 60 characters, without links.' }),
  email: contact(emailOf, 'expected an e-mail address such as ada@example.com').nullish(),
  phone: contact(phoneOf, 'expected an international phone number such as +351912345678').nullish(),
  language: z
    .string()
    .max(35)
    .transform(languageOf)
    .nullish()
    .meta({ description: 'BCP 47. Another language than the messages exist in means that of the property.' }),
  roomIds: z.array(identifier).max(LIMITS.rooms).nullish().meta({ description: 'Every room by default.' }),
});

const conditions = z
  .record(z.string().regex(/^[^\p{Cc}]{1,64}$/u), z.boolean())
  .refine((all) => Object.keys(all).length <= LIMITS.conditions, `expected at most ${LIMITS.conditions} conditions`);

export const reservationSchema = z
  .object({
    propertyId: z.string().min(1, NOT_EMPTY).max(128),
    version,
    kind: z.enum(['stay', 'owner', 'work']).nullish(),
    status: z.enum(['tentative', 'confirmed', 'checked_in', 'checked_out', 'cancelled', 'no_show']),
    arrival: stayTime,
    departure: stayTime,
    rooms: z.array(room).max(LIMITS.rooms),
    guests: z.array(guest).max(LIMITS.guests).meta({ description: 'The first one is the main guest.' }),
    conditions: conditions.nullish(),
    shareWith: z.array(z.string().regex(KEY, 'expected a key <source>:<reservationId>')).max(LIMITS.shareWith).nullish(),
    channel: z.object({ name: word(200), reference: word(200) }).nullish(),
  })
  .meta({ id: 'Reservation', description: 'A reservation as the booking system knows it now.' });

export type ReservationBody = z.output<typeof reservationSchema>;

/** What can still be read of a body that has errors, so that the checks between fields run too and all errors come at once. */
export const outlineSchema = z.object({
  propertyId: z.string().nullable().catch(null),
  version: z.unknown().optional(),
  arrival: stayTime.nullable().catch(null),
  departure: stayTime.nullable().catch(null),
  rooms: z
    .array(
      z
        .object({
          id: identifier.nullable().catch(null),
          unitId: identifier.nullish().catch(null),
          arrival: stayTime.nullish().catch(null),
          departure: stayTime.nullish().catch(null),
        })
        .nullable()
        .catch(null),
    )
    .catch([]),
  guests: z
    .array(
      z
        .object({ id: identifier.nullable().catch(null), roomIds: z.array(identifier).nullish().catch(null) })
        .nullable()
        .catch(null),
    )
    .catch([]),
});

export type Outline = z.output<typeof outlineSchema>;
