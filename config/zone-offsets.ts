/** A zone's offsets from UTC over a time, read from the tzdata of this Node: the only place that does. */
import { Temporal } from 'temporal-polyfill';
import type { Zone } from '../workflows/domain/property.ts';
import type { Instant } from '../workflows/domain/reservation.ts';

const DAY = 24 * 3_600_000;
/** Room for early arrivals and for everything that may follow a stay: extensions, graces, residual access. */
const BEFORE = 3 * DAY;
const AFTER = 400 * DAY;
/** No stay is longer than this; without a bound a slip in a year would fill the history with clock changes. */
const SPAN = 3660 * DAY;
const NANOSECONDS_PER_MINUTE = 60_000_000_000;

/** Covers `from` - 3 days to `to` + 400 days, ten years at most. The first entry stands at 0: it holds for everything before. */
export function zoneOffsets({ timeZone, from, to }: { timeZone: string; from: Instant; to: Instant }): Zone {
  const start = Temporal.Instant.fromEpochMilliseconds(from - BEFORE).toZonedDateTimeISO(timeZone);
  const end = Math.min(to, from + SPAN) + AFTER;
  const offsets: (readonly [Instant, number])[] = [[Math.min(0, start.epochMilliseconds), minutesOf(start)]];
  let change = start.getTimeZoneTransition('next');
  while (change !== null && change.epochMilliseconds <= end) {
    const minutes = minutesOf(change);
    if (minutes !== offsets.at(-1)?.[1]) offsets.push([change.epochMilliseconds, minutes]);
    change = change.getTimeZoneTransition('next');
  }
  return { name: timeZone, offsets };
}

const minutesOf = ({ offsetNanoseconds }: Temporal.ZonedDateTime): number => Math.round(offsetNanoseconds / NANOSECONDS_PER_MINUTE);
