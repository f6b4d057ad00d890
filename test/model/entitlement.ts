/** Who may open what, from when to when, by the rules: written anew for the model, so that a mistake of the engine's is not made twice. */
import type { Window } from '../../workflows/domain/access.ts';
import type { DoorSet, Mode } from '../../workflows/domain/property.ts';
import type { Guest, Room } from '../../workflows/domain/reservation.ts';
import type { Heard } from './heard.ts';

/** One guest's right to one room. */
export interface Entitlement {
  readonly roomId: string;
  readonly guestId: string;
  readonly unitId: string;
  readonly doors: DoorSet;
  readonly modes: readonly Mode[];
  readonly window: Window;
  /** When it ends for good: the window's end or something sooner. */
  readonly endsAt: number;
}

/** Times are instants, or dates of a property in UTC. */
const instant = (text: string, clock: string): number => Date.parse(text.length === 10 ? `${text}T${clock}:00Z` : text);

export function windowOf(heard: Heard, room: Pick<Room, 'arrival' | 'departure'>): Window {
  const { reservation, property, departure, checkedInAt } = heard;
  const arrives = (text: string | null): number => instant(text ?? reservation.arrival, property.checkIn);
  const leaves = (text: string | null): number => instant(text ?? reservation.departure, property.checkOut);
  const arrival = arrives(room.arrival);
  const booked = leaves(room.departure);
  const isFirst = arrival <= arrives(null) || reservation.rooms.every((other) => arrives(other.arrival) >= arrival);
  const isLast = booked >= leaves(null) || reservation.rooms.every((other) => leaves(other.departure) <= booked);
  const startsAt = arrival - property.access.opensBefore;
  const begins = Math.min(arrives(null) - property.access.opensBefore, checkedInAt ?? Number.POSITIVE_INFINITY);
  // What an operator ordered for a stay that begins later now than it was to end is no order for it.
  const ordered = departure !== null && leaves(departure.text) > begins ? leaves(departure.text) : null;
  return {
    startsAt: checkedInAt !== null && isFirst ? Math.min(startsAt, checkedInAt) : startsAt,
    endsAt: (ordered === null ? booked : isLast ? ordered : Math.min(ordered, booked)) + property.access.closesAfter,
  };
}

const windowsOf = (heard: Heard): readonly Window[] => {
  const { rooms } = heard.reservation;
  return (rooms.length > 0 ? rooms : [{ arrival: null, departure: null }]).map((room) => windowOf(heard, room));
};

export const stayStart = (heard: Heard): number => Math.min(...windowsOf(heard).map(({ startsAt }) => startsAt));
export const stayEnd = (heard: Heard): number => Math.max(...windowsOf(heard).map(({ endsAt }) => endsAt));

/** When a room of this window is taken back, whatever comes first. */
export function endOf(heard: Heard, window: Window): number {
  const { reservation, property, statusSince, revokedAt, checkedInAt } = heard;
  const { cancelGrace, rebookGrace, noShowGrace, closesAfter } = property.access;
  const ends = [window.endsAt];
  if (revokedAt !== null) ends.push(revokedAt);
  if (reservation.status === 'cancelled')
    ends.push(statusSince + (heard.isReplaced ? 0 : statusSince < window.startsAt ? rebookGrace : Math.max(rebookGrace, cancelGrace)));
  if (reservation.status === 'no_show' && checkedInAt === null && !heard.isUsed) ends.push(statusSince + noShowGrace);
  if (reservation.status === 'checked_out') ends.push(statusSince + closesAfter);
  return Math.min(...ends);
}

/** `new`: what exists stays, nothing is added. `all`: nothing may exist. */
export function withheld(heard: Heard): 'nothing' | 'new' | 'all' {
  const { reservation, property, statusSince, unmetSince, isHeld } = heard;
  const startsAt = stayStart(heard);
  if (reservation.status === 'tentative') return statusSince < startsAt ? 'all' : 'new';
  if (unmetSince !== null && heard.isExpected) return unmetSince >= startsAt && property.access.onConditionLost === 'hold' ? 'new' : 'all';
  return isHeld || !heard.isExpected ? 'new' : 'nothing';
}

const isReachable = ({ email, phone }: Guest): boolean => email !== null || phone !== null;

/** Who gets access. */
export const entitledGuests = ({ reservation, property }: Pick<Heard, 'reservation' | 'property'>): readonly Guest[] =>
  reservation.guests.filter(
    (guest, i) => i === 0 || property.access.guests === 'all' || (property.access.guests === 'reachable' && isReachable(guest)),
  );

/** From the first of a guest's own rooms to the last; the stay's where the booking gives the guest none. */
export function guestWindow(heard: Heard, { roomIds }: Guest): Window {
  const own = heard.reservation.rooms.filter(({ id }) => roomIds.includes(id));
  const windows = own.length === 0 ? windowsOf(heard) : own.map((room) => windowOf(heard, room));
  return { startsAt: Math.min(...windows.map(({ startsAt }) => startsAt)), endsAt: Math.max(...windows.map(({ endsAt }) => endsAt)) };
}

/** Rooms in which nobody can be given access yet. */
export const emptyRooms = ({ reservation, property }: Heard): readonly Room[] =>
  reservation.rooms.filter(({ unitId }) => unitId === null || property.units[unitId] === undefined);

/** One of the guest's rooms is such a one: there will be more to tell. */
export const isIncomplete = (heard: Heard, guestId: string): boolean =>
  emptyRooms(heard).some(({ id }) => heard.reservation.guests.some((guest) => guest.id === guestId && guest.roomIds.includes(id)));

/** Every right that the booking and the property give, whether it has ended or is withheld or not. */
export function entitlements(heard: Heard): readonly Entitlement[] {
  const { reservation, property } = heard;
  const guests = entitledGuests(heard);
  return reservation.rooms.flatMap((room) => {
    const unit = room.unitId === null ? undefined : property.units[room.unitId];
    if (room.unitId === null || unit === undefined) return [];
    const { unitId } = room;
    const window = windowOf(heard, room);
    if (window.endsAt <= window.startsAt) return [];
    const right = { roomId: room.id, unitId, doors: both(unit.doors, property.common), modes: unit.modes ?? property.access.modes, window };
    return guests
      .filter((guest) => guest.roomIds.includes(room.id))
      .map((guest) => ({ ...right, guestId: guest.id, endsAt: endOf(heard, window) }));
  });
}

const both = (a: DoorSet, b: DoorSet): DoorSet => ({
  entrances: [...a.entrances, ...b.entrances],
  devices: [...a.devices, ...b.devices],
  spaces: [...a.spaces, ...b.spaces],
  spaceKeys: [...a.spaceKeys, ...b.spaceKeys],
});

/** Rights in force now. */
export const inForce = (heard: Heard, now: number): readonly Entitlement[] =>
  withheld(heard) === 'all' ? [] : entitlements(heard).filter((right) => right.endsAt > now);

/** Rights for which access must be made now if it is not there. */
export const owed = (heard: Heard, now: number): readonly Entitlement[] => (withheld(heard) === 'nothing' ? inForce(heard, now) : []);
