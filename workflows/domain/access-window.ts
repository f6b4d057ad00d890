/** When access starts and ends (rule 2), room by room, and whether it may exist yet (rules 2 and 3). */
import type { EndingCause, Window } from './access.ts';
import { resolveTime } from './local-time.ts';
import type { Instant, Room } from './reservation.ts';
import type { ReservationState } from './state.ts';

export interface Ending {
  readonly at: Instant;
  readonly why: EndingCause;
}

type Stay = Pick<ReservationState, 'reservation' | 'property' | 'statusSince' | 'everCheckedIn' | 'unmetSince' | 'operator'>;

/** Arrival - `opensBefore` to departure + `closesAfter`; `checked_in` before that opens it at once. */
export function roomWindow({ state, room }: { state: Stay; room: Pick<Room, 'arrival' | 'departure'> }): Window {
  const { reservation, property, statusSince } = state;
  const arrival = resolveTime({ text: room.arrival ?? reservation.arrival, property, end: 'arrival' });
  const departureText = state.operator.departure?.text ?? room.departure ?? reservation.departure;
  const departure = resolveTime({ text: departureText, property, end: 'departure' });
  const startsAt = arrival - property.access.opensBefore;
  const endsAt = departure + property.access.closesAfter;
  return { startsAt: reservation.status === 'checked_in' ? Math.min(startsAt, statusSince) : startsAt, endsAt };
}

/** From the first room's start to the last room's end; of the reservation itself where it has no rooms. */
export function stayWindow(state: Stay): Window {
  const rooms = state.reservation.rooms.length > 0 ? state.reservation.rooms : [{ arrival: null, departure: null }];
  const windows = rooms.map((room) => roomWindow({ state, room }));
  return { startsAt: Math.min(...windows.map((w) => w.startsAt)), endsAt: Math.max(...windows.map((w) => w.endsAt)) };
}

/** When access to a room of this window ends for good, by what happened first. */
export function endingOf({ state, window }: { state: Stay; window: Window }): Ending {
  const planned: Ending = { at: window.endsAt, why: 'over' };
  const orders = state.operator.revokedAt === null ? planned : sooner(planned, { at: state.operator.revokedAt, why: 'revoked' });
  return sooner(orders, byStatus({ state, window }) ?? planned);
}

function byStatus({ state, window }: { state: Stay; window: Window }): Ending | null {
  const { reservation, property, statusSince, everCheckedIn } = state;
  const { cancelGrace, rebookGrace, noShowGrace, closesAfter } = property.access;
  switch (reservation.status) {
    case 'cancelled':
      return { at: statusSince + (statusSince < window.startsAt ? rebookGrace : cancelGrace), why: 'cancelled' };
    case 'no_show':
      return everCheckedIn ? null : { at: statusSince + noShowGrace, why: 'no_show' };
    case 'checked_out':
      return { at: statusSince + closesAfter, why: 'checked_out' };
    case 'tentative':
    case 'confirmed':
    case 'checked_in':
      return null;
  }
}

const sooner = (a: Ending, b: Ending): Ending => (b.at < a.at ? b : a);

/** Conditions that the property requires and the booking does not meet. */
export function unmetConditions({
  reservation,
  property,
  operator,
}: Pick<Stay, 'reservation' | 'property' | 'operator'>): readonly string[] {
  const isMet = (condition: string): boolean =>
    Object.hasOwn(reservation.conditions, condition) && reservation.conditions[condition] === true;
  return property.access.requires.filter((condition) => !operator.waived.includes(condition) && !isMet(condition));
}

/** Why no new access may be made now, and whether what exists is taken back with it. */
export function withholding(state: Stay): { readonly new: boolean; readonly existing: EndingCause | null } {
  const { startsAt } = stayWindow(state);
  if (state.reservation.status === 'tentative') return { new: true, existing: state.statusSince < startsAt ? 'withdrawn' : null };
  if (state.unmetSince === null) return { new: state.operator.isHeld, existing: null };
  const lostInHouse = state.unmetSince >= startsAt;
  return { new: true, existing: lostInHouse && state.property.access.onConditionLost === 'hold' ? null : 'condition_lost' };
}

/** Nothing but a newer word of the PMS, or an operator's, can bring access back. */
export function isOver({ state, now }: { state: Stay; now: Instant }): boolean {
  return endingOf({ state, window: stayWindow(state) }).at <= now;
}
