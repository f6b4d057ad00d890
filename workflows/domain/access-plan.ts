/** Who should be able to open what (rules 1 and 5): the desired accesses of a reservation, and the rooms that cannot have any. */
import type { Access, Window } from './access.ts';
import { roomWindow } from './access-window.ts';
import { isMovable } from './low-level.ts';
import type { DoorSet, Mode, Property } from './property.ts';
import { remembered } from './remembered.ts';
import type { Guest, Reservation, Room } from './reservation.ts';
import type { ReservationState } from './state.ts';

export interface DesiredAccess {
  readonly roomId: string;
  readonly guestId: string;
  readonly unitId: string;
  readonly doors: DoorSet;
  readonly modes: readonly Mode[];
  /** Absent: one, where `modes` has `card`. */
  readonly cards?: number;
  readonly window: Window;
}

/** A room that gets no access, and why: the engine never falls back to another door. */
export interface RoomProblem {
  readonly roomId: string;
  readonly unitId: string | null;
  readonly why: 'no_unit' | 'unit_not_listed' | 'unit_has_no_doors';
}

export const isReachable = (guest: Guest): boolean => guest.email !== null || guest.phone !== null;

/** The guests who get a grant of their own, by the property's policy; the main one always does. */
export function entitledGuests({ reservation, property }: { reservation: Reservation; property: Property }): readonly Guest[] {
  return reservation.guests.filter(
    (guest, i) => i === 0 || property.access.guests === 'all' || (property.access.guests === 'reachable' && isReachable(guest)),
  );
}

export interface AccessPlan {
  readonly desired: readonly DesiredAccess[];
  readonly problems: readonly RoomProblem[];
}

export const planAccess = (state: ReservationState): AccessPlan => plans({ state, now: 0 });

const plans = remembered(({ state }): AccessPlan => {
  const { reservation, property } = state;
  const guests = entitledGuests(state);
  const problems: RoomProblem[] = [];
  const desired: DesiredAccess[] = [];
  for (const room of reservation.rooms) {
    const unit = unitOf({ room, property });
    if ('why' in unit) problems.push({ roomId: room.id, unitId: room.unitId, why: unit.why });
    else {
      const window = roomWindow({ state, room });
      // A room of a later part of the stay that an operator ended before it.
      if (window.endsAt <= window.startsAt) continue;
      for (const guest of guests)
        if (guest.roomIds.includes(room.id)) desired.push({ roomId: room.id, guestId: guest.id, ...unit, window });
    }
  }
  return { desired, problems };
});

type Unit = Pick<DesiredAccess, 'unitId' | 'doors' | 'modes' | 'cards'>;

function unitOf({ room, property }: { room: Room; property: Property }): Unit | Pick<RoomProblem, 'why'> {
  if (room.unitId === null) return { why: 'no_unit' };
  const unit = Object.hasOwn(property.units, room.unitId) ? property.units[room.unitId] : undefined;
  if (unit === undefined) return { why: 'unit_not_listed' };
  if (isEmpty(unit.doors)) return { why: 'unit_has_no_doors' };
  const { access, common } = property;
  const modes = unit.modes ?? access.modes;
  const cards = modes.includes('card') ? (unit.cards ?? access.cards ?? 1) : 1;
  return { unitId: room.unitId, doors: together(unit.doors, common), modes, ...(cards > 1 ? { cards } : {}) };
}

const isEmpty = (doors: DoorSet): boolean =>
  doors.entrances.length + doors.devices.length + doors.spaces.length + doors.spaceKeys.length === 0;

const union = (a: readonly string[], b: readonly string[]): readonly string[] => [...new Set([...a, ...b])];

const together = (a: DoorSet, b: DoorSet): DoorSet => ({
  entrances: union(a.entrances, b.entrances),
  devices: union(a.devices, b.devices),
  spaces: union(a.spaces, b.spaces),
  spaceKeys: union(a.spaceKeys, b.spaceKeys),
});

const sameMembers = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((member) => b.includes(member));

/** Whether a grant can serve a desired access: other doors or modes need another grant, other times only where they cannot be moved. */
export const serves = ({ access, desired }: { access: Access; desired: DesiredAccess }): boolean =>
  !access.isSuperseded && isMadeFor({ access, desired });

/** Also one that is to be replaced, which goes on serving while nothing new is made. */
export function isMadeFor({ access, desired }: { access: Access; desired: DesiredAccess }): boolean {
  return (
    access.roomId === desired.roomId &&
    access.guestId === desired.guestId &&
    access.ending === null &&
    isMovable({ access, to: desired.window }) &&
    sameMembers(access.modes, desired.modes) &&
    hasCards({ access, desired }) &&
    sameMembers(access.doors.entrances, desired.doors.entrances) &&
    sameMembers(access.doors.devices, desired.doors.devices) &&
    sameMembers(access.doors.spaces, desired.doors.spaces) &&
    sameMembers(access.doors.spaceKeys, desired.doors.spaceKeys)
  );
}

/** What a low-level provider made has one card, and goes on as it is. */
const hasCards = ({ access, desired }: { access: Access; desired: DesiredAccess }): boolean =>
  access.lowLevel !== undefined || (access.cards ?? 1) === (desired.cards ?? 1);

/** Seam holds nothing of it any more; what outlives that is `residual.ts`'s. */
export const isGone = (access: Access): boolean => access.readBackAt !== null;
