/** Takes in what the PMS says now: by version, never by arrival, so that any order of arrival ends in the same state. */

import type { ReservationFact } from '../messages.ts';
import { entitledGuests } from './access-plan.ts';
import { isExpected, stayWindow, unmetConditions } from './access-window.ts';
import { keepingAccess, underProperty } from './adopt-property.ts';
import { changeContacts } from './contacts.ts';
import { type Line, leftOf, lineOfKey } from './line.ts';
import { resolveTime } from './local-time.ts';
import { compareVersions, type Instant, type Reservation, type ReservationKey, type StayTime } from './reservation.ts';
import { NO_ORDERS, NO_REBOOKING, type OperatorOrders, type ReservationState } from './state.ts';
import { record } from './timeline.ts';

/** The first word of a reservation. */
export function openStay({ key, fact, now }: { key: ReservationKey; fact: ReservationFact; now: Instant }): ReservationState {
  const { reservation, property } = fact;
  const state: ReservationState = {
    key,
    reservation,
    property,
    bookedAt: now,
    dueSince: now,
    statusSince: now,
    checkedInAt: reservation.status === 'checked_in' ? now : null,
    refusedVersion: null,
    formerGuests: [],
    unmetSince: unmetConditions({ ...fact, operator: NO_ORDERS }).length > 0 ? now : null,
    operator: NO_ORDERS,
    rebooking: NO_REBOOKING,
    accesses: [],
    lines: {},
    toldInPerson: {},
    messages: [],
    sequence: 0,
    setbacks: {},
    alerted: [],
    ledger: { seamEvents: [], actions: [] },
    timeline: [],
  };
  return record({
    state,
    entry: { at: now, what: 'booked', actor: 'pms', by: key.source, detail: `version ${reservation.version}, ${reservation.status}` },
  });
}

export function applyFact({ state, fact, now }: { state: ReservationState; fact: ReservationFact; now: Instant }): ReservationState {
  const order = compareVersions(fact.reservation.version, state.reservation.version);
  if (order === null) return { ...state, refusedVersion: fact.reservation.version };
  if (order < 0 || (order === 0 && isFinal(state.reservation) && !isFinal(fact.reservation))) return state;
  if (order === 0 && JSON.stringify(fact.reservation) === JSON.stringify(state.reservation))
    return keepingAccess({ next: underProperty({ state, property: fact.property, now }), before: state.property, now });
  return changed({ state, fact, now });
}

const isFinal = ({ status }: Reservation): boolean => status === 'cancelled' || status === 'no_show';

function changed({ state, fact, now }: { state: ReservationState; fact: ReservationFact; now: Instant }): ReservationState {
  const { reservation, property } = fact;
  const operator = ordersAfter({ orders: state.operator, fact });
  const stillUnmet = unmetConditions({ ...fact, operator }).length > 0;
  const next: ReservationState = {
    ...state,
    reservation,
    property,
    operator,
    rebooking: rebookingAfter({ state, status: reservation.status }),
    refusedVersion: null,
    dueSince: isNewlyDue({ state, fact, now }) ? now : state.dueSince,
    statusSince: reservation.status === state.reservation.status ? state.statusSince : now,
    checkedInAt: checkedInAt({ before: state.checkedInAt, status: reservation.status, now }),
    unmetSince: stillUnmet ? (state.unmetSince ?? now) : null,
    formerGuests: formerGuests(state, reservation),
    lines: changeContacts({ state, guests: reservation.guests, policy: property.messages.contactChange }),
  };
  return record({
    state: keepingAccess({ next, before: state.property, now }),
    entry: {
      at: now,
      what: 'changed',
      actor: 'pms',
      by: state.key.source,
      detail: `version ${reservation.version}, ${reservation.status}`,
    },
  });
}

function checkedInAt({ before, status, now }: { before: Instant | null; status: Reservation['status']; now: Instant }): Instant | null {
  if (status === 'checked_in') return before ?? now;
  return status === 'confirmed' ? null : before;
}

function isNewlyDue({ state, fact, now }: { state: ReservationState; fact: ReservationFact; now: Instant }): boolean {
  const isReinstated = isExpected(fact.reservation) && !isExpected(state.reservation);
  const isEarly = fact.reservation.status === 'checked_in' && state.checkedInAt === null && now < stayWindow(state).startsAt;
  const isReleased = state.unmetSince !== null && unmetConditions({ ...fact, operator: state.operator }).length === 0;
  return isReinstated || isEarly || isReleased || accessOf(fact) !== accessOf(state);
}

/** Who, where and when: what Seam has to be asked for anew when it changes. */
function accessOf({ reservation, property }: ReservationFact): string {
  const { arrival, departure, rooms } = reservation;
  const guests = entitledGuests({ reservation, property }).map(({ id, roomIds }) => [id, roomIds]);
  return JSON.stringify([arrival, departure, guests, rooms.map((room) => [room.id, room.unitId, room.arrival, room.departure])]);
}

/** Looked for anew with each status; but a booking that was handed over before it is cancelled stays replaced. */
function rebookingAfter({ state, status }: { state: ReservationState; status: Reservation['status'] }): ReservationState['rebooking'] {
  const { rebooking, reservation } = state;
  if (status === reservation.status || (status === 'cancelled' && rebooking.isReplaced)) return rebooking;
  return { ...rebooking, replacedBy: undefined, lookedForAt: null, isReplaced: false };
}

/** A departure that an operator set stands until the PMS sends another one than it had then, in whatever words. */
function ordersAfter({ orders, fact }: { orders: OperatorOrders; fact: ReservationFact }): OperatorOrders {
  if (orders.departure === null) return orders;
  const departure = (text: StayTime): Instant => resolveTime({ text, property: fact.property, end: 'departure' });
  const stands = departure(orders.departure.insteadOf) === departure(fact.reservation.departure);
  return stands ? orders : { ...orders, departure: null };
}

/** Only those who were told something, or may have been, need to hear of its end. */
function formerGuests(state: ReservationState, reservation: Reservation): ReservationState['formerGuests'] {
  const hears = (line: Line): boolean =>
    [line.told, line.sending?.facts, line.dropped?.facts].some(Boolean) || leftOf(line).some(({ told }) => told !== null);
  const told = new Set(Object.entries(state.lines).flatMap(([key, line]) => (hears(line) ? [lineOfKey(key).guestId] : [])));
  const known = [...state.formerGuests, ...state.reservation.guests].filter((guest) => told.has(guest.id));
  return known.filter(
    (guest, i) => !reservation.guests.some(({ id }) => id === guest.id) && known.findIndex(({ id }) => id === guest.id) === i,
  );
}
