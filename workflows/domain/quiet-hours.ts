/** Quiet hours bind SMS only, in property time, and give way when access starts before they end (rule 15). */
import { minuteOfDay, nextAtMinute } from './local-time.ts';
import type { Channel, Property } from './property.ts';
import type { Instant } from './reservation.ts';

/** The earliest moment, not before `at`, at which a message may go out. */
export function quietUntil({
  property,
  channel,
  at,
  startsAt,
}: {
  property: Property;
  channel: Channel;
  at: Instant;
  startsAt: Instant;
}): Instant {
  const quiet = property.messages.quietHours;
  if (channel !== 'sms' || quiet === null || quiet.from === quiet.to) return at;
  const minute = minuteOfDay({ zone: property.zone, at });
  const isQuiet = quiet.from < quiet.to ? minute >= quiet.from && minute < quiet.to : minute >= quiet.from || minute < quiet.to;
  if (!isQuiet) return at;
  const end = nextAtMinute({ zone: property.zone, minute: quiet.to, after: at });
  return startsAt < end ? at : end;
}
