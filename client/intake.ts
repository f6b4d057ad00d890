/**
 * From the body of a PUT to a reservation of the domain, or to the list of everything that is wrong with it. The only way in:
 * whatever the source, its bookings pass here before anything is started.
 */
import type { z } from 'zod';
import type { Configuration } from '../config/configuration.ts';
import type { Guest, Instant, Reservation } from '../workflows/domain/reservation.ts';
import { idErrors, orderErrors, versionErrors } from './intake/cross-checks.ts';
import { LIMITS, type Outline, outlineSchema, type ReservationBody, reservationSchema } from './intake/reservation-schema.ts';
import { propertyOf } from './property-snapshot.ts';
import type { FieldError } from './refusals.ts';

export type Intake =
  | { readonly ok: true; readonly reservation: Reservation }
  /** `unknownProperty`: nothing else is wrong than that no such property is configured. */
  | { readonly ok: false; readonly unknownProperty: boolean; readonly errors: readonly FieldError[] };

const UNKNOWN_PROPERTY = 'is no property of this deployment';

export function takeReservation({ body, configuration, now }: { body: unknown; configuration: Configuration; now: Instant }): Intake {
  const oversize = sizeErrors(body);
  if (oversize.length > 0) return { ok: false, unknownProperty: false, errors: oversize };
  const strict = reservationSchema.safeParse(body);
  const outline = outlineSchema.safeParse(body);
  const fields = strict.success ? [] : strict.error.issues.map(fieldError);
  const between = outline.success ? betweenErrors({ outline: outline.data, configuration, now }) : [];
  const errors = [...fields, ...between];
  if (strict.success && errors.length === 0) return { ok: true, reservation: toReservation(strict.data) };
  return { ok: false, unknownProperty: errors.every(({ message }) => message === UNKNOWN_PROPERTY), errors };
}

/** Before anything is looked at one by one: a list of a hundred thousand wrong entries must not become as many errors. */
function sizeErrors(body: unknown): readonly FieldError[] {
  if (typeof body !== 'object' || body === null) return [];
  return Object.entries(body).flatMap(([path, value]) => {
    const limit = path === 'rooms' || path === 'guests' ? LIMITS[path] : null;
    return limit !== null && Array.isArray(value) && value.length > limit ? [{ path, message: `expected at most ${limit}` }] : [];
  });
}

function betweenErrors({
  outline,
  configuration,
  now,
}: {
  outline: Outline;
  configuration: Configuration;
  now: Instant;
}): readonly FieldError[] {
  const { propertyId, arrival, departure } = outline;
  const rooms = outline.rooms.flatMap((room) =>
    room === null ? [] : [{ unitId: null, arrival: room.arrival ?? null, departure: room.departure ?? null }],
  );
  const today = new Date(now).toISOString().slice(0, 10);
  const property =
    propertyId === null || propertyId === ''
      ? null
      : propertyOf({ configuration, stay: { propertyId, arrival: arrival ?? today, departure: departure ?? today, rooms } });
  return [
    ...idErrors(outline),
    ...versionErrors({ outline, now }),
    ...(property === null ? [] : orderErrors({ outline, property })),
    ...(propertyId !== null && propertyId !== '' && property === null ? [{ path: 'propertyId', message: UNKNOWN_PROPERTY }] : []),
  ];
}

export function fieldError({ path, message, code }: z.core.$ZodIssue): FieldError {
  const text = path.reduce<string>((at, step) => {
    if (typeof step === 'number') return `${at}[${step}]`;
    return at === '' ? String(step) : `${at}.${String(step)}`;
  }, '');
  return { path: text.slice(0, 200), message: code === 'invalid_key' ? 'has a name that is not allowed' : message };
}

function toReservation(body: ReservationBody): Reservation {
  const roomIds = body.rooms.map(({ id }) => id);
  return {
    propertyId: body.propertyId,
    version: body.version,
    kind: body.kind ?? 'stay',
    status: body.status,
    arrival: body.arrival,
    departure: body.departure,
    rooms: body.rooms.map(({ id, unitId, arrival, departure }) => ({
      id,
      unitId: unitId ?? null,
      arrival: arrival ?? null,
      departure: departure ?? null,
    })),
    guests: body.guests.map((guest): Guest => {
      const own = guest.roomIds ?? [];
      return {
        id: guest.id,
        name: guest.name ?? '',
        email: guest.email ?? null,
        phone: guest.phone ?? null,
        language: guest.language ?? null,
        roomIds: own.length > 0 ? own : roomIds,
      };
    }),
    conditions: body.conditions ?? {},
    shareWith: body.shareWith ?? [],
    channel: body.channel ?? null,
  };
}
