/** What a read of Seam proves about one grant: which doors open, by what, and whether a guest may be told (rules 1 and 12). */
import type { Access, AccessReading, Door, Method, Window } from './access.ts';
import type { RoomFact } from './notice.ts';
import { MINUTE, PREPARATION } from './pace.ts';
import type { DoorSet, Mode } from './property.ts';
import type { Instant } from './reservation.ts';

/** A card waits for the desk, which is as far as the engine can bring it by itself. */
export const waitsForDesk = ({ mode, state }: Method): boolean =>
  mode === 'card' && (state === 'encoding_required' || state === 'assignment_required');

/** When a card is looked at again that Seam is making ready for the desk, for no event may say that it is; null: none is. */
export function nextLookAt({ reading, readAt, askedAt, ending }: Access): Instant | null {
  if (readAt === null || ending !== null || !reading?.methods.some((method) => method.isInPreparation)) return null;
  return readAt + Math.min(Math.max(readAt - askedAt, PREPARATION.first), PREPARATION.longest);
}

const isUsable = (method: Method): boolean => method.state === 'issued' || waitsForDesk(method);

export const sameWindow = (a: Window | null, b: Window): boolean => a !== null && a.startsAt === b.startsAt && a.endsAt === b.endsAt;

/** Something is on its way in Seam (another time, a read not done yet): nothing can be said until it has come to rest. */
export function isInFlux({ access, window }: { access: Access; window: Window }): boolean {
  const { reading } = access;
  return (
    access.stale ||
    access.timesInDoubt === true ||
    reading === null ||
    !sameWindow(reading.window, window) ||
    reading.methods.some((method) => method.state === 'updating')
  );
}

/** Doors of the grant that should be there: those named, and the present members of its spaces. */
function ownDoors({ doors, reading }: { doors: DoorSet; reading: AccessReading }): readonly string[] {
  const spaces = reading.spaces.filter(
    (space) => doors.spaces.includes(space.id) || (space.key !== null && doors.spaceKeys.includes(space.key)),
  );
  return [...doors.entrances, ...doors.devices, ...spaces.flatMap((space) => space.doors)];
}

/** Doors that the grant opens and nobody asked for: an incident (rule 1). */
export function foreignDoors(access: Access): readonly Door[] {
  const { reading } = access;
  if (reading === null) return [];
  const own = ownDoors({ doors: access.doors, reading });
  return reading.doors.filter((door) => !own.includes(door.id));
}

/** Seam's word for another code than the one that was asked for: it stands in no door's way. */
export const OTHER_CODE = 'requested_code_unavailable';

/** What Seam says stands between a door and this access. */
export const obstacleAt = ({
  reading,
  doorId,
}: {
  reading: AccessReading;
  doorId: string;
}): AccessReading['problems'][number] | undefined =>
  reading.problems.find((problem) => problem.doorId === doorId && problem.code !== OTHER_CODE);

const opens = (reading: AccessReading, doorId: string): boolean =>
  reading.methods.some((method) => isUsable(method) && method.doors.includes(doorId));

/** Doors that were asked for and that no issued method opens. */
export function closedDoors(access: Access): readonly string[] {
  const { reading } = access;
  if (reading === null) return [];
  return ownDoors({ doors: access.doors, reading }).filter((id) => !opens(reading, id));
}

interface OfMode {
  readonly methods: readonly Method[];
  readonly mode: Mode;
}

const countOf = ({ methods, mode }: OfMode): number => methods.filter((method) => method.mode === mode).length;

const wanted = ({ access, mode }: { access: Access; mode: Mode }): number => (mode === 'card' ? (access.cards ?? 1) : 1);

/** Every requested mode is issued and every door opens: the whole truth can be told. */
export function isSettled({ access, window }: { access: Access; window: Window }): boolean {
  const { reading } = access;
  if (reading === null || !reading.found || reading.beingDeleted || isInFlux({ access, window })) return false;
  const isComplete = access.modes.every((mode) => countOf({ methods: reading.methods.filter(isUsable), mode }) >= wanted({ access, mode }));
  return isComplete && closedDoors(access).length === 0 && foreignDoors(access).length === 0;
}

/** As the last read showed it, while another one is under way: that something may have changed is no fault yet. */
export const isSettledSoFar = ({ access, window, isTroubled }: { access: Access; window: Window; isTroubled: boolean }): boolean =>
  isSettled({ access: isTroubled ? access : { ...access, stale: false }, window });

/** Seam ends the methods of a grant with it, by its own clock: shortly before the end nothing counts as lost. */
const AT_THE_END = MINUTE;

/**
 * Somebody deleted a method in Seam, and Seam never makes it anew: another grant has to take this one's place. A method that has not been
 * made yet is not lost.
 */
export function hasLostMethod({ access, reading, now }: { access: Access; reading: AccessReading; now: Instant }): boolean {
  if (access.ending !== null || !reading.found || reading.beingDeleted || (reading.window?.endsAt ?? 0) < now + AT_THE_END) return false;
  const before = access.reading?.methods ?? [];
  return access.modes.some((mode) => {
    const count = countOf({ methods: reading.methods, mode });
    return count < wanted({ access, mode }) && count < countOf({ methods: before, mode });
  });
}

/** What a guest can be told of this grant now, or null while nothing of it opens a door. */
export function roomFactOf({
  access,
  reading,
  window,
}: {
  access: Pick<Access, 'grantKey' | 'roomId' | 'unitId'>;
  reading: AccessReading;
  window: Window;
}): RoomFact | null {
  const keys = reading.methods.filter(isUsable);
  const doors = reading.doors.filter((door) => opens(reading, door.id));
  if (!reading.found || reading.beingDeleted || doors.length === 0 || !sameWindow(reading.window, window)) return null;
  return {
    grantKey: access.grantKey,
    roomId: access.roomId,
    unitId: access.unitId,
    window,
    doors: doors.map(({ id, kind, name }) => ({ id, kind, name })),
    keys: keys.map((method) => ({
      accessMethodId: method.accessMethodId,
      mode: method.mode,
      fingerprint: method.fingerprint,
      doors: method.doors,
    })),
  };
}
