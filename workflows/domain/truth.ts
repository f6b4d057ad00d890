/** What each guest may be told now: the proven facts of all of the guest's rooms, or that it has to wait (rules 12 and 13). */

import type { Access } from './access.ts';
import { type DesiredAccess, isMadeFor, planAccess, serves } from './access-plan.ts';
import { endingOf, withholding } from './access-window.ts';
import { foreignDoors, isInFlux, isSettled, roomFactOf } from './issuance.ts';
import { isRenewing } from './key-renewal.ts';
import type { Facts, RoomFact } from './notice.ts';
import { LATE_BOOKING_ALLOWANCE, MAKING_ALLOWANCE, MINUTE } from './pace.ts';
import { remembered } from './remembered.ts';
import type { Instant } from './reservation.ts';
import { passGeneration, type ReservationState } from './state.ts';

/** Rooms of one guest are told together; after `attentionBefore` what is there is told, but a fresh booking gets this long. */
const ROOMS_TOGETHER = MINUTE;

export type Truth = { readonly kind: 'facts'; readonly facts: Facts } | { readonly kind: 'wait' } | { readonly kind: 'nothing' };

/** Accesses that should exist now, after endings and conditions. */
export const wantedAccess = remembered(({ state, now }): readonly DesiredAccess[] => {
  const withheld = withholding(state);
  return planAccess(state).desired.filter((desired) => {
    if (endingOf({ state, window: desired.window }).at <= now || withheld.existing !== null) return false;
    return !withheld.new || servingAccess({ state, desired }) !== undefined;
  });
});

/** Grants by room and guest, the newest last. */
const grantsByPair = remembered(({ state }) => Map.groupBy(state.accesses, ({ roomId, guestId }) => `${roomId}\u0000${guestId}`));

/** The newest grant that serves a desired access. */
export function servingAccess({ state, desired }: { state: ReservationState; desired: DesiredAccess }): Access | undefined {
  const grants = grantsByPair({ state, now: 0 }).get(`${desired.roomId}\u0000${desired.guestId}`);
  const serving = grants?.findLast((access) => serves({ access, desired }));
  return serving ?? (withholding(state).new ? grants?.findLast((access) => isMadeFor({ access, desired })) : undefined);
}

/** From here on a stay that is not ready needs a person. */
export const attentionAt = ({ state, startsAt }: { state: ReservationState; startsAt: Instant }): Instant =>
  startsAt - state.property.access.attentionBefore;

/** `attentionBefore`, but a booking made later than that has five minutes, and one made just before it some seconds. */
export function lateFrom({ state, startsAt }: { state: ReservationState; startsAt: Instant }): Instant {
  const attention = attentionAt({ state, startsAt });
  if (state.dueSince >= attention) return state.dueSince + LATE_BOOKING_ALLOWANCE;
  return Math.max(attention, state.dueSince + MAKING_ALLOWANCE);
}

const wantedByGuest = remembered((of) => Map.groupBy(wantedAccess(of), (desired) => desired.guestId));

const truths = remembered(
  (of) => new Map<string, Truth>(of.state.reservation.guests.map(({ id }) => [id, provenTruth({ ...of, guestId: id })])),
);

export const truthFor = ({ state, guestId, now }: { state: ReservationState; guestId: string; now: Instant }): Truth =>
  truths({ state, now }).get(guestId) ?? { kind: 'nothing' };

function provenTruth({ state, guestId, now }: { state: ReservationState; guestId: string; now: Instant }): Truth {
  const wanted = wantedByGuest({ state, now }).get(guestId) ?? [];
  if (wanted.length === 0) return { kind: 'nothing' };
  const served = wanted.map((desired) => ({ desired, access: servingAccess({ state, desired }), window: desired.window }));
  const renewing = served.some(({ access, window: { startsAt } }) => access !== undefined && isRenewing({ state, access, startsAt, now }));
  if (renewing) return { kind: 'wait' };
  const settled = served.every(({ access, window }) => access !== undefined && isSettled({ access, window }));
  if (now < partialAt({ state, wanted }) && (!settled || lacksRoom({ state, guestId }))) return { kind: 'wait' };
  const isUnsayable = served.some(({ access, desired, window }) =>
    access === undefined ? isBegunAtOnce({ state, desired }) : isUnspeakable({ access, window }),
  );
  if (!settled && isUnsayable) return { kind: 'wait' };
  // Two units may have the same doors: the guest is told of the one that is booked.
  const rooms = served.flatMap(({ access, window, desired: { unitId } }) =>
    access?.reading ? (roomFactOf({ access: { ...access, unitId }, reading: access.reading, window }) ?? []) : [],
  );
  return rooms.length > 0 ? { kind: 'facts', facts: { rooms, ...passFact({ state, guestId, rooms }) } } : { kind: 'wait' };
}

/** A new link to the page is news to those who were given the old one. */
function passFact({
  state,
  guestId,
  rooms,
}: {
  state: ReservationState;
  guestId: string;
  rooms: readonly RoomFact[];
}): Pick<Facts, 'pass'> {
  const generation = passGeneration({ state, guestId });
  const isNamed = state.property.messages.content === 'pass' || rooms.some(({ keys }) => keys.some(({ mode }) => mode === 'cloud_key'));
  return isNamed && generation > 0 ? { pass: generation } : {};
}

/** A room of the guest has no unit with doors yet, so that there is more to tell once it has. */
export function lacksRoom({ state, guestId }: { state: ReservationState; guestId: string }): boolean {
  const guest = state.reservation.guests.find(({ id }) => id === guestId);
  return planAccess(state).problems.some(({ roomId }) => guest?.roomIds.includes(roomId) === true);
}

/** When what works may be told although something else does not yet. */
export function partialAt({ state, wanted }: { state: ReservationState; wanted: readonly DesiredAccess[] }): Instant {
  const startsAt = Math.min(...wanted.map((desired) => desired.window.startsAt));
  return Math.max(attentionAt({ state, startsAt }), state.dueSince + ROOMS_TOGETHER);
}

/** On its way to something else, or deleted and about to be made anew. */
const isUnspeakable = (of: { access: Access; window: DesiredAccess['window'] }): boolean =>
  (of.access.reading !== null && (!of.access.reading.found || isInFlux(of))) || foreignDoors(of.access).length > 0;

/** A grant that is not there yet is asked for in this very moment, or its predecessor taken back: its guest's patience begins only then. */
const isBegunAtOnce = ({ state, desired }: { state: ReservationState; desired: DesiredAccess }): boolean =>
  state.property.access.roomMove === 'make-before-break' ||
  state.accesses.some(({ roomId, guestId, ending }) => roomId === desired.roomId && guestId === desired.guestId && ending === null);

/** Whether two messages would tell a guest the same: another name of a door or another grant behind the same code is no news. */
export const sameFacts = (a: Facts, b: Facts): boolean => gist(a) === gist(b);

function gist(facts: Facts): string {
  const rooms = facts.rooms.map((room: RoomFact) => ({
    roomId: room.roomId,
    unitId: room.unitId,
    window: [room.window.startsAt, room.window.endsAt],
    doors: room.doors.map((door) => door.id).toSorted(),
    keys: room.keys.map((key) => `${key.mode} ${key.fingerprint} ${key.doors.toSorted().join()}`).toSorted(),
  }));
  return JSON.stringify([rooms.toSorted((a, b) => (a.roomId < b.roomId ? -1 : 1)), facts.pass ?? 0]);
}
