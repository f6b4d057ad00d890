/** Whether a channel can still reach a guest (rules 5 and 15), and where: a guest whom none reaches has to be told by a person. */
import { isReachable } from './access-plan.ts';
import type { Channel } from './property.ts';
import type { Guest } from './reservation.ts';
import { lineKey, type ReservationState } from './state.ts';

export const addressOf = ({ guest, channel }: { guest: Guest; channel: Channel }): string | null =>
  channel === 'email' ? guest.email : guest.phone;

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
