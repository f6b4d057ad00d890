/** When access starts and ends (rule 2), room by room, and whether it may exist yet (rules 2 and 3). */
import type { EndingCause, Window } from './access.ts';
import { isInHouse } from './first-use.ts';
import { resolveTime } from './local-time.ts';
import type { Instant, Reservation, Room, StayTime } from './reservation.ts';
import type { ReservationState } from './state.ts';

export interface Ending {
  readonly at: Instant;
  readonly why: EndingCause;
}

type Stay = Pick<ReservationState, 'reservation' | 'property' | 'statusSince' | 'checkedInAt' | 'unmetSince' | 'operator' | 'accesses'>;

/** Arrival - `opensBefore` to departure + `closesAfter`; `checked_in` before that opens at once the rooms that begin with the stay. */
export function roomWindow({ state, room }: { state: Stay; room: Pick<Room, 'arrival' | 'departure'> }): Window {
  const { reservation, property, checkedInAt, operator } = state;
  const at = (text: StayTime, end: 'arrival' | 'departure'): Instant => resolveTime({ text, property, end });
  const arrival = at(room.arrival ?? reservation.arrival, 'arrival');
  const booked = at(room.departure ?? reservation.departure, 'departure');
  const endsWithStay = booked === at(reservation.departure, 'departure');
  const departure = operator.departure !== null && endsWithStay ? at(operator.departure.text, 'departure') : booked;
  const startsAt = arrival - property.access.opensBefore;
  const isOpened = checkedInAt !== null && arrival === at(reservation.arrival, 'arrival');
  return { startsAt: isOpened ? Math.min(startsAt, checkedInAt) : startsAt, endsAt: departure + property.access.closesAfter };
}

/** From the first room's start to the last room's end; of the reservation itself where it has no rooms. */
export function stayWindow(state: Stay): Window {
  if (last?.state !== state) last = { state, window: windowOf(state) };
  return last.window;
}

/** One decision asks for it dozens of times, and a state never changes. */
let last: { readonly state: Stay; readonly window: Window } | null = null;

function windowOf(state: Stay): Window {
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
  const { reservation, property, statusSince } = state;
  const { cancelGrace, rebookGrace, noShowGrace, closesAfter } = property.access;
  switch (reservation.status) {
    case 'cancelled':
      return { at: statusSince + (statusSince < window.startsAt ? rebookGrace : cancelGrace), why: 'cancelled' };
    case 'no_show':
      return isInHouse(state) ? null : { at: statusSince + noShowGrace, why: 'no_show' };
    case 'checked_out':
      return { at: statusSince + closesAfter, why: 'checked_out' };
    case 'tentative':
    case 'confirmed':
    case 'checked_in':
      return null;
  }
}

/** The PMS says that the stay is over or was never taken up: another departure changes nothing. */
export const isEndedByStatus = (state: Stay): boolean => byStatus({ state, window: stayWindow(state) }) !== null;

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

/** The guest is to come, or is here. */
export const isExpected = ({ status }: Pick<Reservation, 'status'>): boolean => status === 'confirmed' || status === 'checked_in';

/** Why no new access may be made now, and whether what exists is taken back with it. */
export function withholding(state: Stay): { readonly new: boolean; readonly existing: EndingCause | null } {
  const { startsAt } = stayWindow(state);
  if (!isExpected(state.reservation) && state.reservation.status !== 'tentative') return { new: true, existing: null };
  if (state.reservation.status === 'tentative') return { new: true, existing: state.statusSince < startsAt ? 'withdrawn' : null };
  if (state.unmetSince === null) return { new: state.operator.isHeld, existing: null };
  const lostInHouse = state.unmetSince >= startsAt;
  return { new: true, existing: lostInHouse && state.property.access.onConditionLost === 'hold' ? null : 'condition_lost' };
}

/** Nothing but a newer word of the PMS, or an operator's, can bring access back. */
export function isOver({ state, now }: { state: Stay; now: Instant }): boolean {
  return endingOf({ state, window: stayWindow(state) }).at <= now;
}
