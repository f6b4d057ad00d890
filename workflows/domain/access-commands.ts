/** The commands that bring Seam's grants to what the reservation wants: grant, change the window, read, revoke (rules 1, 2 and 9). */
import type { Access, EndingCause } from './access.ts';
import { type DesiredAccess, isGone, isReachable, planAccess, serves } from './access-plan.ts';
import { endingOf, roomWindow, withholding } from './access-window.ts';
import type { Command } from './command.ts';
import { hasBeenTold } from './delivery-plan.ts';
import { grantKeyOf, hash } from './ids.ts';
import { isSettled, sameWindow } from './issuance.ts';
import { mayBeTold, wasTold } from './knowledge.ts';
import { askAgainAt } from './pace.ts';
import { awaitsRebooking } from './rebooking.ts';
import type { Instant } from './reservation.ts';
import type { ReservationState } from './state.ts';
import { servingAccess, truthFor, wantedAccess } from './truth.ts';

export function planGrants({ state, now }: { state: ReservationState; now: Instant }): readonly Command[] {
  const wanted = wantedAccess({ state, now });
  const ending = state.accesses.flatMap((access) => revocationOf({ state, access, wanted, now }) ?? []);
  const ended = new Set(ending.map((command) => command.lane));
  const serving = wanted.flatMap((desired) => serveCommand({ state, desired, now }) ?? []);
  return [...ending, ...serving.filter((command) => !ended.has(command.lane) && !waitsForOld({ state, command, ended }))];
}

/** What the serving grant of a desired access needs next, or a new grant where none serves. */
function serveCommand({ state, desired, now }: { state: ReservationState; desired: DesiredAccess; now: Instant }): Command | null {
  const access = servingAccess({ state, desired });
  // A grant in the making is no grant yet: what holds new ones back holds it back, too.
  if (access === undefined || access.reading === null) return withholding(state).new ? null : grantCommand({ state, desired, access });
  const { grantKey, accessGrantId, reading } = access;
  const isThere = !reading.found || sameWindow(reading.window, desired.window);
  // The booking came back to the times that the last read showed, but Seam may have taken the others meanwhile.
  if (access.stale || (isThere && access.timesInDoubt)) return { kind: 'read', lane: grantKey, key: `read ${grantKey}`, grantKey };
  const { startsAt, endsAt } = desired.window;
  if (isThere) return null;
  if (sameWindow(access.asked, desired.window) && now < askAgainAt(access)) return null;
  return {
    kind: 'changeWindow',
    lane: grantKey,
    key: `window ${grantKey} ${startsAt} ${endsAt}`,
    grantKey,
    accessGrantId,
    window: desired.window,
  };
}

/** The same generation while its grant is being made, also under new times: Seam holds at most one grant of a key. */
function grantCommand({
  state,
  desired,
  access,
}: {
  state: ReservationState;
  desired: DesiredAccess;
  access: Access | undefined;
}): Command {
  const of = state.accesses.filter((candidate) => candidate.roomId === desired.roomId && candidate.guestId === desired.guestId);
  const generation = access?.generation ?? Math.max(0, ...of.map((candidate) => candidate.generation)) + 1;
  const grantKey = grantKeyOf({ workflowId: state.key.workflowId, roomId: desired.roomId, guestId: desired.guestId, generation });
  return { kind: 'grant', lane: grantKey, key: `grant ${grantKey} ${hash(JSON.stringify(desired))}`, grantKey, generation, desired };
}

function revocationOf(of: { state: ReservationState; access: Access; wanted: readonly DesiredAccess[]; now: Instant }): Command | null {
  const { access } = of;
  if (isGone(access)) return null;
  const why = access.ending?.why ?? endingCause(of);
  return why === null ? null : { kind: 'revoke', lane: access.grantKey, key: `revoke ${access.grantKey}`, grantKey: access.grantKey, why };
}

/** Why a grant must go now, or null while it may stay. */
function endingCause(of: { state: ReservationState; access: Access; wanted: readonly DesiredAccess[]; now: Instant }): EndingCause | null {
  const { state, access, wanted, now } = of;
  const { reservation } = state;
  if (access.reading !== null && !access.reading.found && !access.stale) return 'replaced';
  const room = reservation.rooms.find((candidate) => candidate.id === access.roomId);
  if (room === undefined) return 'room_removed';
  if (!reservation.guests.some((guest) => guest.id === access.guestId && guest.roomIds.includes(room.id))) return 'guest_removed';
  const ending = endingOf({ state, window: roomWindow({ state, room }) });
  if (ending.at <= now && (ending.why !== 'cancelled' || !awaitsRebooking(of))) return ending.why;
  const withheld = withholding(state);
  if (withheld.existing !== null) return withheld.existing;
  const desired = wanted.find((candidate) => candidate.roomId === access.roomId && candidate.guestId === access.guestId);
  if (desired === undefined && !withheld.new && mayLapse({ state, access, now })) return 'room_removed';
  const serving = desired === undefined ? newest({ state, access }) : servingAccess({ state, desired });
  if (serving === access) return null;
  if (isSpare({ state, access, serving })) return 'replaced';
  if (desired === undefined) return null;
  return serves({ access, desired }) || isReplaced({ state, desired, now }) ? 'replaced' : null;
}

/** Living grants of the same room and guest, the newest last. */
const livingBeside = ({ state, access: { roomId, guestId } }: { state: ReservationState; access: Access }): readonly Access[] =>
  state.accesses.filter((other) => other.roomId === roomId && other.guestId === guestId && other.ending === null);

/** Which one would serve if the booking said again what it said last: where it says nothing of the room now. */
function newest(of: { state: ReservationState; access: Access }): Access | undefined {
  const living = livingBeside(of);
  return living.findLast(({ reading }) => reading?.found) ?? living.at(-1);
}

/** Moved twice before the guest heard of it: of the grants that are to be replaced one stays, the one that the guest knows. */
function isSpare(of: { state: ReservationState; access: Access; serving: Access | undefined }): boolean {
  const { state, access, serving } = of;
  const { guestId } = access;
  const old = livingBeside(of).filter((other) => other !== serving);
  const known =
    old.findLast(({ grantKey }) => wasTold({ state, guestId, grantKey })) ??
    old.findLast(({ grantKey }) => mayBeTold({ state, guestId, grantKey }));
  return access !== (known ?? old.findLast(({ reading }) => reading?.found) ?? old.at(-1));
}

/**
 * A room whose unit is unknown again, or is one without doors now, keeps its guest in once access has started. A guest who lost the right
 * to a grant does not; nor does one whose own unit left the configuration, for that comes this far only with leave (`adopt-property.ts`).
 */
function mayLapse({ state, access, now }: { state: ReservationState; access: Access; now: Instant }): boolean {
  const problem = planAccess(state).problems.find(({ roomId }) => roomId === access.roomId);
  // Where the answer to new times was lost, Seam may show them although they were not taken for asked.
  const startsAt = Math.min(access.asked.startsAt, access.reading?.window?.startsAt ?? access.asked.startsAt);
  return problem === undefined || problem.unitId === access.unitId || startsAt > now;
}

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

/** Break-before-make: no new grant of a room and guest while an old one is still there. */
function waitsForOld({ state, command, ended }: { state: ReservationState; command: Command; ended: ReadonlySet<string> }): boolean {
  if (command.kind !== 'grant' || state.property.access.roomMove !== 'break-before-make') return false;
  const { roomId, guestId } = command.desired;
  return state.accesses.some(
    (access) => access.roomId === roomId && access.guestId === guestId && !isGone(access) && ended.has(access.grantKey),
  );
}
