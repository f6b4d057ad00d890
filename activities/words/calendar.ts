/** The stay as an iCalendar file (RFC 5545): when and where, never how to open the door. */
import { createHash } from 'node:crypto';
import ical, { ICalCalendarMethod, ICalEventTransparency } from 'ical-generator';
import { Temporal } from 'temporal-polyfill';
import type { Facts } from '../../workflows/domain/notice.ts';
import type { Instant } from '../../workflows/domain/reservation.ts';

interface Stay {
  /** At least one room. */
  readonly facts: Facts;
  readonly place: string;
  readonly title: string;
  readonly timeZone: string;
}

export function stayCalendar({ facts, place, title, timeZone }: Stay): string {
  const start = local({ at: Math.min(...facts.rooms.map(({ window }) => window.startsAt)), timeZone });
  const end = local({ at: Math.max(...facts.rooms.map(({ window }) => window.endsAt)), timeZone });
  const calendar = ical({
    prodId: { company: 'Latchkey', product: 'Latchkey', language: 'EN' },
    method: ICalCalendarMethod.PUBLISH,
    // Named on the event only: with a zone of its own the calendar would write DTSTAMP as local time, and that must be UTC.
    timezone: { name: null, generator: () => zoneComponent({ start, end }) },
  });
  // A stay does not make its guest busy. The id stays the same when the times move, so that the event moves too.
  calendar.createEvent({
    id: eventId(facts),
    start,
    end,
    summary: title,
    location: place,
    timezone: timeZone,
    transparency: ICalEventTransparency.TRANSPARENT,
  });
  return calendar.toString();
}

/** Made from the first grant's key, which leads to nobody and shows nothing once it is hashed. */
function eventId(facts: Facts): string {
  const key = facts.rooms.map(({ grantKey }) => grantKey).sort()[0] ?? '';
  return `${createHash('sha256').update(key).digest('hex').slice(0, 32)}@latchkey`;
}

const local = ({ at, timeZone }: { readonly at: Instant; readonly timeZone: string }): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);

/** A VTIMEZONE for the time of the stay: the offset that it begins in, and each clock change until its end. */
function zoneComponent({ start, end }: { readonly start: Temporal.ZonedDateTime; readonly end: Temporal.ZonedDateTime }): string {
  const changes: Temporal.ZonedDateTime[] = [];
  let next = start.getTimeZoneTransition('next');
  while (next !== null && Temporal.ZonedDateTime.compare(next, end) < 0) {
    changes.push(next);
    next = next.getTimeZoneTransition('next');
  }
  const first = observance({ from: '19700101T000000', before: start.offset, after: start.offset });
  const rest = changes.map((change) => {
    const before = change.subtract({ nanoseconds: 1 }).offset;
    return observance({
      from: change.toInstant().toZonedDateTimeISO(before).toPlainDateTime().toString({ smallestUnit: 'second' }).replace(/[-:]/g, ''),
      before,
      after: change.offset,
    });
  });
  return ['BEGIN:VTIMEZONE', `TZID:${start.timeZoneId}`, first, ...rest, 'END:VTIMEZONE'].join('\r\n');
}

/** `from` is in the local time before the change, offsets are `+01:00`. */
function observance({ from, before, after }: { readonly from: string; readonly before: string; readonly after: string }): string {
  const plain = (offset: string) => offset.replace(':', '');
  return ['BEGIN:STANDARD', `DTSTART:${from}`, `TZOFFSETFROM:${plain(before)}`, `TZOFFSETTO:${plain(after)}`, 'END:STANDARD'].join('\r\n');
}
