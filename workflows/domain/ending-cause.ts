/** Why a grant must go now (rules 1 and 2): its stay is over, nobody is to have it any more, or another one has taken its place. */
import type { Access, EndingCause, Window } from './access.ts';
import { type DesiredAccess, isReachable, planAccess, serves } from './access-plan.ts';
import { endingOf, roomWindow, stayWindow, withholding } from './access-window.ts';
import { isSettled } from './issuance.ts';
import { hasBeenTold, isBeingTold, isTold, mayBeKnown, mayBeTold, wasTold } from './knowledge.ts';
import { awaitsRebooking } from './rebooking.ts';
import type { Guest, Instant } from './reservation.ts';
import type { ReservationState } from './state.ts';
import { servingAccess, truthFor } from './truth.ts';

interface Held {
  readonly state: ReservationState;
  readonly access: Access;
  readonly wanted: readonly DesiredAccess[];
  readonly now: Instant;
}

/** Null while it may stay. */
export function endingCause(of: Held): EndingCause | null {
  const { state, access, wanted, now } = of;
  const { reservation } = state;
  if (access.reading !== null && !access.reading.found && !access.stale) return 'replaced';
  const room = reservation.rooms.find((candidate) => candidate.id === access.roomId);
  const isBooked = room !== undefined && reservation.guests.some(({ id, roomIds }) => id === access.guestId && roomIds.includes(room.id));
  if (!isBooked && !isMoving(of)) return room === undefined ? 'room_removed' : 'guest_removed';
  const ending = endingOf({ state, window: isBooked ? roomWindow({ state, room }) : unbookedWindow({ state, access }) });
  if (ending.at <= now && (ending.why !== 'cancelled' || !awaitsRebooking(of))) return ending.why;
  const withheld = withholding(state);
  if (withheld.existing !== null) return withheld.existing;
  const desired = wanted.find((candidate) => candidate.roomId === access.roomId && candidate.guestId === access.guestId);
  if (isBooked && desired === undefined && !withheld.new && mayLapse({ state, access, now })) return 'room_removed';
  const serving = desired === undefined ? newest({ state, access }) : servingAccess({ state, desired });
  if (serving === access) return null;
  if (isSpare({ state, access, serving })) return 'replaced';
  if (desired === undefined) return null;
  return serves({ access, desired }) || isReplaced({ state, desired, now }) ? 'replaced' : null;
}

/**
 * The booking has other numbers or rooms for a guest who is in: what opens, and may be known, goes on doing so until its successor is told.
 * A booking that names no room at all does not say where the guest is to go.
 */
function isMoving({ state, access, wanted, now }: Held): boolean {
  const { rooms, guests } = state.reservation;
  const isIn = stayWindow(state).startsAt <= now && hasStarted({ access, now });
  if (!isIn || !mayBeKnown({ state, guestId: access.guestId, grantKey: access.grantKey })) return false;
  if (rooms.length === 0 && (guests.length === 0 || guests.some(({ id }) => id === access.guestId))) return true;
  const persons = new Set([access.guestId, ...namesakes({ state, guestId: access.guestId })]);
  return wanted.some((desired) => persons.has(desired.guestId) && isUntold({ state, desired }) && !isReplaced({ state, desired, now }));
}

/** As it was made, but never beyond the stay. */
const unbookedWindow = ({ state, access: { asked } }: { state: ReservationState; access: Access }): Window => ({
  startsAt: asked.startsAt,
  endsAt: Math.min(asked.endsAt, stayWindow(state).endsAt),
});

/** Nothing that opens for this room and guest is known to the guest, be it to be replaced or not. */
function isUntold({ state, desired }: { state: ReservationState; desired: DesiredAccess }): boolean {
  return !livingOf({ state, of: desired }).some(({ grantKey }) => wasTold({ state, guestId: desired.guestId, grantKey }));
}

/** Present guests who read what a former one was sent: the same person under another number. */
function namesakes({ state, guestId }: { state: ReservationState; guestId: string }): readonly string[] {
  const former = state.formerGuests.find(({ id }) => id === guestId);
  const isSame = (guest: Guest): boolean =>
    (guest.email !== null && guest.email === former?.email) || (guest.phone !== null && guest.phone === former?.phone);
  return state.reservation.guests.filter(isSame).map(({ id }) => id);
}

/** Living grants of a room and guest, the newest last. */
const livingOf = ({
  state,
  of: { roomId, guestId },
}: {
  state: ReservationState;
  of: Pick<Access, 'roomId' | 'guestId'>;
}): readonly Access[] => state.accesses.filter((other) => other.roomId === roomId && other.guestId === guestId && other.ending === null);

/** Which one would serve if the booking said again what it said last: where it says nothing of the room now. */
function newest({ state, access }: { state: ReservationState; access: Access }): Access | undefined {
  const living = livingOf({ state, of: access });
  return living.findLast(({ reading }) => reading?.found) ?? living.at(-1);
}

/** Moved twice before the guest heard: of the grants that are to be replaced one stays, the one that the guest knows by the last word. */
function isSpare({ state, access, serving }: { state: ReservationState; access: Access; serving: Access | undefined }): boolean {
  const { guestId } = access;
  const old = livingOf({ state, of: access }).filter((other) => other !== serving);
  const known = old.filter(({ grantKey }) => wasTold({ state, guestId, grantKey }));
  const last =
    known.findLast(({ grantKey }) => isBeingTold({ state, guestId, grantKey })) ??
    known.findLast(({ grantKey }) => isTold({ state, guestId, grantKey })) ??
    known.at(-1) ??
    old.findLast(({ grantKey }) => mayBeTold({ state, guestId, grantKey }));
  return access !== (last ?? old.findLast(({ reading }) => reading?.found) ?? old.at(-1));
}

/**
 * A room whose unit is unknown again, or is one without doors now, keeps its guest in once access has started. A guest who lost the right
 * to a grant does not; nor does one whose own unit left the configuration, for that comes this far only with leave (`adopt-property.ts`).
 */
function mayLapse({ state, access, now }: { state: ReservationState; access: Access; now: Instant }): boolean {
  const problem = planAccess(state).problems.find(({ roomId }) => roomId === access.roomId);
  return problem === undefined || problem.unitId === access.unitId || !hasStarted({ access, now });
}

/** Where the answer to new times was lost, Seam may show them although they were not taken for asked. */
const hasStarted = ({ access, now }: { access: Access; now: Instant }): boolean =>
  Math.min(access.asked.startsAt, access.reading?.window?.startsAt ?? access.asked.startsAt) <= now;

/** Make-before-break: the new access is issued, verified and told before the old one goes; or the other order, by policy. */
function isReplaced({ state, desired, now }: { state: ReservationState; desired: DesiredAccess; now: Instant }): boolean {
  if (state.property.access.roomMove === 'break-before-make') return true;
  const access = servingAccess({ state, desired });
  if (access === undefined || !isSettled({ access, window: desired.window })) return false;
  const guest = state.reservation.guests.find((candidate) => candidate.id === desired.guestId);
  if (guest === undefined || !isReachable(guest)) return true;
  const truth = truthFor({ state, guestId: guest.id, now });
  return (
    truth.kind === 'facts' &&
    (hasBeenTold({ state, guestId: guest.id, facts: truth.facts }) || now < desired.window.startsAt - state.property.messages.revealBefore)
  );
}
