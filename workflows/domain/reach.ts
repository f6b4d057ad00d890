/** Whether a channel can still reach a guest (rules 5 and 15), and where: a guest whom none reaches has to be told by a person. */

import { entitledGuests, isReachable } from './access-plan.ts';
import { lineKey, sameAddress } from './line.ts';
import type { Channel } from './property.ts';
import type { Guest } from './reservation.ts';
import type { ReservationState } from './state.ts';

export const addressOf = ({ guest, channel }: { guest: Guest; channel: Channel }): string | null =>
  channel === 'email' ? guest.email : guest.phone;

interface At {
  readonly state: ReservationState;
  readonly guestId: string;
  readonly channel: Channel;
  readonly address: string;
}

/** The guest is off the booking, and a guest with access has the address now: the PMS may have renumbered them, and they hear for themselves. */
export const isHeirs = ({ state, guestId, channel, address }: At): boolean =>
  !state.reservation.guests.some(({ id }) => id === guestId) &&
  entitledGuests(state).some((guest) => sameAddress(addressOf({ guest, channel }), address));

/** The guest has addresses, and every channel of the property has failed for good or has none of them. */
export const isBeyondReach = ({ state, guest }: { state: ReservationState; guest: Guest }): boolean =>
  isReachable(guest) && state.property.messages.channels.every((channel) => isDead({ state, guest, channel }));

function isDead({ state, guest, channel }: { state: ReservationState; guest: Guest; channel: Channel }): boolean {
  if (addressOf({ guest, channel }) === null) return true;
  const line = state.lines[lineKey({ guestId: guest.id, channel })];
  return line !== undefined && line.refused !== null;
}

/** A companion whom nothing reaches is a reason, not a blocker (rule 5). */
export const isCompanion = ({ state, guest }: { state: ReservationState; guest: Guest }): boolean =>
  guest.id !== state.reservation.guests[0]?.id;
