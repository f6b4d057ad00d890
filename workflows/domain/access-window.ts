/** When access starts and ends (rule 2), room by room, and whether it may exist yet (rules 2 and 3). */
import type { EndingCause, Window } from './access.ts';
import { isInHouse } from './first-use.ts';
import { resolveTime } from './local-time.ts';
import { remembered } from './remembered.ts';
import type { Instant, Reservation, Room } from './reservation.ts';
import type { ReservationState } from './state.ts';

export interface Ending {
  readonly at: Instant;
  readonly why: EndingCause;
}

type Stay = Pick<
  ReservationState,
  'reservation' | 'property' | 'statusSince' | 'checkedInAt' | 'unmetSince' | 'operator' | 'rebooking' | 'accesses'
>;

type RoomTimes = Pick<Room, 'arrival' | 'departure'>;

/** The reservation's own times. */
const WHOLE: RoomTimes = { arrival: null, departure: null };

/** Arrival - `opensBefore` to departure + `closesAfter`; `checked_in` before that opens at once the rooms that the stay begins with. */
export function roomWindow({ state, room }: { state: Stay; room: RoomTimes }): Window {
  const { property, checkedInAt } = state;
  const startsAt = bookedTime({ state, room, end: 'arrival' }) - property.access.opensBefore;
  const isOpened = checkedInAt !== null && beginsTheStay({ state, room });
  return {
    startsAt: isOpened ? Math.min(startsAt, checkedInAt) : startsAt,
    endsAt: departureOf({ state, room }) + property.access.closesAfter,
  };
}

const bookedTime = ({ state, room, end }: { state: Stay; room: RoomTimes; end: 'arrival' | 'departure' }): Instant =>
  resolveTime({ text: room[end] ?? state.reservation[end], property: state.property, end });

/** An operator's departure is that of the rooms which the stay ends with; no other room outlasts it. */
function departureOf({ state, room }: { state: Stay; room: RoomTimes }): Instant {
  const { operator, property, checkedInAt } = state;
  const booked = bookedTime({ state, room, end: 'departure' });
  if (operator.departure === null) return booked;
  const ordered = resolveTime({ text: operator.departure.text, property, end: 'departure' });
  const arrival = bookedTime({ state, room: WHOLE, end: 'arrival' }) - property.access.opensBefore;
  // An arrival that the PMS moved past the operator's departure is another stay's than the one that was shortened.
  if (ordered <= Math.min(arrival, checkedInAt ?? arrival)) return booked;
  return endsTheStay({ state, room }) ? ordered : Math.min(booked, ordered);
}

/** By the stay's own arrival, or before any other room: a room may have a time of its own, such as a later one. */
function beginsTheStay({ state, room }: { state: Stay; room: RoomTimes }): boolean {
  const start = (of: RoomTimes): Instant => bookedTime({ state, room: of, end: 'arrival' });
  return room.arrival === null || start(room) <= start(WHOLE) || state.reservation.rooms.every((other) => start(room) <= start(other));
}

function endsTheStay({ state, room }: { state: Stay; room: RoomTimes }): boolean {
  const end = (of: RoomTimes): Instant => bookedTime({ state, room: of, end: 'departure' });
  return room.departure === null || end(room) >= end(WHOLE) || state.reservation.rooms.every((other) => end(room) >= end(other));
}

/** From the first room's start to the last room's end; of the reservation itself where it has no rooms. */
export const stayWindow = (state: Stay): Window => stayWindows({ state, now: 0 });

const stayWindows = remembered(({ state }: { readonly state: Stay; readonly now: Instant }): Window => {
  const rooms = state.reservation.rooms.length > 0 ? state.reservation.rooms : [WHOLE];
  const windows = rooms.map((room) => roomWindow({ state, room }));
  return { startsAt: Math.min(...windows.map((w) => w.startsAt)), endsAt: Math.max(...windows.map((w) => w.endsAt)) };
});

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
    case 'cancelled': {
      const grace = statusSince < window.startsAt ? rebookGrace : Math.max(cancelGrace, rebookGrace);
      return { at: state.rebooking.isReplaced ? statusSince : statusSince + grace, why: 'cancelled' };
    }
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
