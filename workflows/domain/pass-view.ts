/**
 * What one guest's page may know: this guest's own rooms, doors and keys, as far as the guest may be told of them. Whether the door opens
 * now is left to the asker's clock, for a workflow that sleeps does not know how late it is. No code, link or token is in it.
 */

import { endingOf, isOver, roomWindow, stayWindow } from './access-window.ts';
import { errandOf } from './errand-order.ts';
import { nextKeyFrom } from './key-requests.ts';
import { mayBeTold, wasTold } from './knowledge.ts';
import { lineKey } from './line.ts';
import type { KeyFact, RoomFact } from './notice.ts';
import type { Channel, DayHours, Property } from './property.ts';
import { readinessOf } from './readiness.ts';
import type { Guest, Instant, Room } from './reservation.ts';
import { passGeneration, type ReservationState } from './state.ts';
import { truthFor } from './truth.ts';

/**
 * `given`: there are rooms to show. `waiting`: the key is in the making, or not to be told yet. `blocked`: it needs a person.
 * `tentative`: the booking is not confirmed. `over`: access to all of the guest's rooms has ended, whatever ended it.
 */
export type PassPhase = 'given' | 'waiting' | 'blocked' | 'tentative' | 'over';

export type PassDoor = RoomFact['doors'][number] & {
  /** The page can have it unlocked, while the room's window is open. */
  readonly opensFromPage: boolean;
};

export interface PassRoom extends Omit<RoomFact, 'doors'> {
  readonly doors: readonly PassDoor[];
}

export interface PassView {
  /** Of the only link that opens the page. */
  readonly generation: number;
  readonly phase: PassPhase;
  /** Of the guest, as booked; null: the property's. */
  readonly language: Guest['language'];
  readonly property: Pick<Property, 'id' | 'name' | 'language'> & {
    readonly timeZone: string;
    readonly helpLine: string | null;
    readonly deskHours?: DayHours;
    /** Somebody hears of it when the guest asks for help. */
    readonly hasStaff: boolean;
  };
  /** Of the whole stay. */
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  /** Empty unless `given`. */
  readonly rooms: readonly PassRoom[];
  /** From when on the guest may ask for another Instant Key; absent: not at all. */
  readonly newKeyFrom?: Instant;
  /** Codes and key links may be read from Seam for the guest: no operator holds the stay. */
  readonly mayShow: boolean;
}

/** null: no such guest is in the booking, or no longer. */
export function passViewOf({ state, guestId, now }: OfGuest): PassView | null {
  const guest = state.reservation.guests.find(({ id }) => id === guestId);
  if (guest === undefined) return null;
  const { id, name, language, messages, staff, zone } = state.property;
  const isEnded = isOverFor({ state, guest, now });
  const rooms = isEnded ? [] : roomsOf({ state, guestId, now });
  const newKeyFrom = rooms.some(({ keys }) => keys.some(isLink)) ? nextKeyFrom({ state, guestId }) : null;
  return {
    generation: passGeneration({ state, guestId }),
    phase: rooms.length > 0 ? 'given' : isEnded ? 'over' : phaseOf({ state, now }),
    language: guest.language,
    property: {
      id,
      name,
      language,
      timeZone: zone.name,
      helpLine: messages.helpLine,
      ...(messages.deskHours === undefined ? {} : { deskHours: messages.deskHours }),
      hasStaff: staff.email !== null || staff.phone !== null,
    },
    ...stayWindow(state),
    rooms,
    ...(newKeyFrom === null ? {} : { newKeyFrom }),
    mayShow: !state.operator.isHeld,
  };
}

/** An Instant Key, where the method has one. */
export const isLink = ({ mode, fingerprint }: KeyFact): boolean => mode === 'mobile_key' && fingerprint !== null;

/** With the stay, or sooner with the last of the guest's own rooms. */
function isOverFor({ state, guest, now }: { state: ReservationState; guest: Guest; now: Instant }): boolean {
  const rooms = state.reservation.rooms.filter(({ id }) => guest.roomIds.includes(id));
  const isEnded = (room: Room): boolean => endingOf({ state, window: roomWindow({ state, room }) }).at <= now;
  return isOver({ state, now }) || (rooms.length > 0 && rooms.every(isEnded));
}

function phaseOf({ state, now }: { state: ReservationState; now: Instant }): PassPhase {
  if (state.reservation.status === 'tentative') return 'tentative';
  return readinessOf({ state, now }) === 'blocked' ? 'blocked' : 'waiting';
}

/** What is true, once the guest knows of it or may; while it is changing, what the guest was told and still has. */
function roomsOf({ state, guestId, now }: OfGuest): readonly PassRoom[] {
  const truth = truthFor({ state, guestId, now });
  if (truth.kind === 'nothing') return [];
  const { rooms } = truth.kind === 'facts' ? truth.facts : { rooms: toldRooms({ state, guestId }) };
  return rooms
    .filter((room) => mayKnow({ state, guestId, room, now }))
    .map((room) => ({
      ...room,
      doors: room.doors.map((door) => ({ ...door, opensFromPage: opensFromPage({ state, guestId, room, door, now }) })),
    }));
}

/** Whether the order would be taken, now or once the window is open. */
function opensFromPage({
  state,
  guestId,
  room,
  door: { id, kind },
  now,
}: OfGuest & { room: RoomFact; door: RoomFact['doors'][number] }): boolean {
  const doors = kind === 'entrance' ? { entranceId: id, deviceId: null } : { entranceId: null, deviceId: id };
  const action = { action: 'unlock', ...doors, guestId, idempotencyKey: '', by: guestId, reason: null } as const;
  return typeof errandOf({ state, action, now: Math.max(now, room.window.startsAt) }) !== 'string';
}

interface OfGuest {
  readonly state: ReservationState;
  readonly guestId: string;
  readonly now: Instant;
}

function mayKnow({ state, guestId, room, now }: OfGuest & { room: RoomFact }): boolean {
  const { operator, property } = state;
  const isRevealed = !operator.isHeld && now >= room.window.startsAt - property.messages.revealBefore;
  const of = { state, guestId, grantKey: room.grantKey };
  return isRevealed || wasTold(of) || mayBeTold(of);
}

/** Of grants that still stand, by the last word on any channel. */
function toldRooms({ state, guestId }: Pick<OfGuest, 'state' | 'guestId'>): readonly RoomFact[] {
  const lineOf = (channel: Channel) => state.lines[lineKey({ guestId, channel })];
  const told = lineOf('email')?.told ?? lineOf('sms')?.told ?? state.toldInPerson[guestId];
  const standing = state.accesses.filter((access) => access.ending === null && !access.isSuperseded).map(({ grantKey }) => grantKey);
  return (told?.rooms ?? []).filter(({ grantKey }) => standing.includes(grantKey));
}
