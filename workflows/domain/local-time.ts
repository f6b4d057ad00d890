/** Property time, from the zone's table of offsets alone: no Intl and no tzdata in the workflow. */
import type { Property, Zone } from './property.ts';
import type { Instant, StayTime } from './reservation.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

function offsetMinutesAt({ zone, at }: { zone: Zone; at: Instant }): number {
  let minutes = zone.offsets[0]?.[1] ?? 0;
  for (const [from, offset] of zone.offsets) {
    if (from > at) break;
    minutes = offset;
  }
  return minutes;
}

/** The wall clock at an instant, as the milliseconds that the same clock would mean in UTC. */
const wallClock = (zone: Zone, at: Instant): number => at + offsetMinutesAt({ zone, at }) * MINUTE;

/** `YYYY-MM-DD` of the property. */
export const localDate = ({ zone, at }: { zone: Zone; at: Instant }): string => new Date(wallClock(zone, at)).toISOString().slice(0, 10);

/** Minutes after local midnight. */
export function minuteOfDay({ zone, at }: { zone: Zone; at: Instant }): number {
  return Math.floor((((wallClock(zone, at) % DAY) + DAY) % DAY) / MINUTE);
}

/** The next moment, not before `after`, at which the property's clock shows `minute` minutes after midnight. */
export function nextAtMinute({ zone, minute, after }: { zone: Zone; minute: number; after: Instant }): Instant {
  const midnight = Math.floor(wallClock(zone, after) / DAY) * DAY;
  for (const day of [0, 1, 2]) {
    const at = resolveWallClock({ zone, wall: midnight + day * DAY + minute * MINUTE, end: 'departure' });
    if (at >= after) return at;
  }
  return after;
}

/**
 * A local time that a clock change repeats is the earlier instant for an arrival and the later one for a departure; one that it
 * skips moves forward by the gap.
 */
function resolveWallClock({ zone, wall, end }: { zone: Zone; wall: number; end: 'arrival' | 'departure' }): Instant {
  const candidates = [...new Set(zone.offsets.map(([, minutes]) => minutes))].map((minutes) => ({ at: wall - minutes * MINUTE, minutes }));
  const real = candidates.filter(({ at, minutes }) => offsetMinutesAt({ zone, at }) === minutes).map(({ at }) => at);
  if (real.length > 0) return end === 'arrival' ? Math.min(...real) : Math.max(...real);
  // Inside a gap the offset before the change, which is the smaller one, gives the instant that the clock shows moved forward.
  const around = candidates.filter(({ at }) => Math.abs(wallClock(zone, at) - wall) < DAY).map(({ at }) => at);
  return around.length > 0 ? Math.max(...nearGap(zone, wall, around)) : wall;
}

/** Only the two offsets on either side of the gap count: others of the table are months away. */
function nearGap(zone: Zone, wall: number, instants: readonly Instant[]): readonly Instant[] {
  const change = zone.offsets.findIndex(([from, minutes], i) => {
    const before = zone.offsets[i - 1]?.[1];
    return before !== undefined && minutes > before && wall >= from + before * MINUTE && wall < from + minutes * MINUTE;
  });
  const before = zone.offsets[change - 1]?.[1];
  return before === undefined ? instants : [wall - before * MINUTE];
}

/** The instant that a stay time means. `end` says which default time completes a date alone, and how a repeated time is read. */
export function resolveTime({ text, property, end }: { text: StayTime; property: Property; end: 'arrival' | 'departure' }): Instant {
  if (/(?:Z|[+-]\d\d:?\d\d)$/.test(text) && text.length > 10) return Date.parse(text);
  const local = text.length === 10 ? `${text}T${end === 'arrival' ? property.checkIn : property.checkOut}` : text;
  const wall = Date.parse(`${local.length === 16 ? `${local}:00` : local}Z`);
  return resolveWallClock({ zone: property.zone, wall, end });
}
