/** What is wrong between the fields of a reservation, each of which may be right by itself. */

import { resolveTime } from '../../workflows/domain/local-time.ts';
import type { Property } from '../../workflows/domain/property.ts';
import type { Instant } from '../../workflows/domain/reservation.ts';
import type { FieldError } from '../refusals.ts';
import type { Outline } from './reservation-schema.ts';

/** Clocks differ; a version further ahead would bar every later change until its time has come. */
const AHEAD_MS = 10 * 60_000;

export function idErrors({ rooms, guests }: Outline): FieldError[] {
  const roomIds = new Set(rooms.map((room) => room?.id));
  const strangers = guests.flatMap((guest, i) =>
    guest?.roomIds?.some((id) => !roomIds.has(id)) === true
      ? [{ path: `guests[${i}].roomIds`, message: 'names a room that is not in rooms' }]
      : [],
  );
  return [...doubles({ of: rooms, path: 'rooms' }), ...doubles({ of: guests, path: 'guests' }), ...strangers];
}

function doubles({ of, path }: { of: readonly ({ readonly id: string | null } | null)[]; path: string }): FieldError[] {
  const seen = new Set<string>();
  return of.flatMap((item, i) => {
    const id = item?.id ?? null;
    if (id === null) return [];
    const double = seen.has(id);
    seen.add(id);
    return double ? [{ path: `${path}[${i}].id`, message: 'is the id of an earlier one too' }] : [];
  });
}

/** Departure after arrival, of the stay and of each room, in the zone and with the default times of the property. */
export function orderErrors({ outline, property }: { outline: Outline; property: Property }): FieldError[] {
  const { arrival, departure } = outline;
  const message = 'must be after the arrival';
  const ends = (from: string | null, to: string | null): boolean =>
    from !== null &&
    to !== null &&
    resolveTime({ text: to, property, end: 'departure' }) <= resolveTime({ text: from, property, end: 'arrival' });
  if (ends(arrival, departure)) return [{ path: 'departure', message }];
  return outline.rooms.flatMap((room, i) => {
    if (room === null || !ends(room.arrival ?? arrival, room.departure ?? departure)) return [];
    return [
      {
        path: `rooms[${i}].${room.departure ? 'departure' : 'arrival'}`,
        message: room.departure ? message : 'must be before the departure',
      },
    ];
  });
}

export function versionErrors({ outline, now }: { outline: Outline; now: Instant }): FieldError[] {
  const { version } = outline;
  if (typeof version !== 'string' || !(Date.parse(version) > now + AHEAD_MS)) return [];
  return [{ path: 'version', message: 'lies more than 10 minutes ahead of this server' }];
}
