/** The commands that bring Seam's grants to what the reservation wants: grant, change the window, read, revoke (rules 1, 2 and 9). */
import type { Access } from './access.ts';
import { type DesiredAccess, isGone } from './access-plan.ts';
import { withholding } from './access-window.ts';
import type { Command } from './command.ts';
import { askAgain } from './contest.ts';
import { endingCause } from './ending-cause.ts';
import { grantKeyOf, hash } from './ids.ts';
import { nextLookAt, sameWindow } from './issuance.ts';
import { askAgainAt } from './pace.ts';
import type { Instant } from './reservation.ts';
import type { ReservationState } from './state.ts';
import { servingAccess, wantedAccess } from './truth.ts';

export function planGrants({ state, now }: { state: ReservationState; now: Instant }): readonly Command[] {
  const wanted = wantedAccess({ state, now });
  const ending = state.accesses.flatMap((access) => revocationOf({ state, access, wanted, now }) ?? []);
  const ended = new Set(ending.map((command) => command.lane));
  const serving = wanted.flatMap((desired) => serveCommand({ state, desired, now }) ?? []);
  const commands = [...ending, ...serving.filter((command) => !ended.has(command.lane) && !waitsForOld({ state, command, ended }))];
  const busy = new Set(commands.map((command) => command.lane));
  return [...commands, ...state.accesses.flatMap((access) => (isKept(access) && !busy.has(access.grantKey) ? [readOf(access)] : []))];
}

/** It serves nobody and stays all the same: whether it may goes by what Seam shows, so something that happened is looked at here, too. */
const isKept = (access: Access): boolean => access.reading !== null && access.stale && access.ending === null && !isGone(access);

const readOf = ({ grantKey }: Access): Command => ({ kind: 'read', lane: grantKey, key: `read ${grantKey}`, grantKey });

/** What the serving grant of a desired access needs next, or a new grant where none serves. */
function serveCommand({ state, desired, now }: { state: ReservationState; desired: DesiredAccess; now: Instant }): Command | null {
  const access = servingAccess({ state, desired });
  // A grant in the making is no grant yet: what holds new ones back holds it back, too.
  if (access === undefined || access.reading === null) return withholding(state).new ? null : grantCommand({ state, desired, access });
  const { grantKey, accessGrantId, reading } = access;
  const isThere = !reading.found || sameWindow(reading.window, desired.window);
  // The booking came back to the times that the last read showed, but Seam may have taken the others meanwhile.
  const isToBeRead = access.stale || (isThere && access.timesInDoubt) || (nextLookAt(access) ?? Number.POSITIVE_INFINITY) <= now;
  if (isToBeRead) return readOf(access);
  const { startsAt, endsAt } = desired.window;
  if (isThere) return askAgain({ access, desired, now });
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

/** Break-before-make: no new grant of a room and guest while an old one is still there. */
function waitsForOld({ state, command, ended }: { state: ReservationState; command: Command; ended: ReadonlySet<string> }): boolean {
  if (command.kind !== 'grant' || state.property.access.roomMove !== 'break-before-make') return false;
  const { roomId, guestId } = command.desired;
  return state.accesses.some(
    (access) => access.roomId === roomId && access.guestId === guestId && !isGone(access) && ended.has(access.grantKey),
  );
}
