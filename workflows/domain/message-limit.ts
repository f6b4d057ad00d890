/**
 * How much one stay may send in a day (rule 16): whoever can make bookings must not be able to make us send without end. What is over the
 * limit waits until the day's first message is a day old, and is sent then if it is still so; a person's `resend` goes at once.
 */

import type { Delivery } from './delivery-plan.ts';
import { lineKey } from './line.ts';
import { DAY } from './pace.ts';
import type { Channel } from './property.ts';
import { type Instant, iso } from './reservation.ts';
import type { ReservationState } from './state.ts';

/** To guests, on each channel, in any 24 hours. */
export const MESSAGES_PER_DAY = 6;

export const overLimitText = (dueAt: Instant): string =>
  `over the limit of ${MESSAGES_PER_DAY} messages per stay and day; sent at ${iso(dueAt)} if it is still so, or at once by "resend"`;

/** Sent, or on their way, in the 24 hours before `now`: when each began, oldest first. */
function recent({ state, channel, now }: { state: ReservationState; channel: Channel; now: Instant }): readonly Instant[] {
  return state.messages
    .filter((message) => message.channel === channel && message.guestId !== null && message.state !== 'skipped' && message.at > now - DAY)
    .map((message) => message.at)
    .toSorted((a, b) => a - b);
}

/** A person asked for it: no limit holds. */
export const isOrdered = ({ state, guestId, channel }: { state: ReservationState; guestId: string; channel: Channel }): boolean =>
  state.lines[lineKey({ guestId, channel })]?.resend ?? false;

interface Planned {
  readonly state: ReservationState;
  readonly deliveries: readonly Delivery[];
  readonly now: Instant;
}

/** The deliveries, in their order, with those put off for which the day has no room. */
export function withinLimit({ state, deliveries, now }: Planned): readonly Delivery[] {
  const sent = { email: recent({ state, channel: 'email', now }), sms: recent({ state, channel: 'sms', now }) };
  const room = { email: MESSAGES_PER_DAY - sent.email.length, sms: MESSAGES_PER_DAY - sent.sms.length };
  return deliveries.map((delivery) => {
    const { guest, channel } = delivery;
    if (delivery.dueAt > now || isOrdered({ state, guestId: guest.id, channel })) return delivery;
    room[channel] -= 1;
    return room[channel] >= 0 ? delivery : { ...delivery, isOverLimit: true, dueAt: (sent[channel][0] ?? now) + DAY };
  });
}
