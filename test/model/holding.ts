/** What Seam holds for whom, as anybody who watches a stay from outside can say. */
import type { Window } from '../../workflows/domain/access.ts';
import type { GrantCommand } from '../../workflows/domain/command.ts';
import { type Entitlement, endOf, inForce, stayEnd, windowOf, withheld } from './entitlement.ts';
import { doorsAsked, isUsable, type ModelGrant } from './grant.ts';
import type { Watched } from './watched.ts';

/** Five minutes from when it was looked for, and some for that. Milliseconds. */
const REBOOKING_PATIENCE = 6 * 60_000;

const key = (doors: readonly string[]): string => doors.toSorted().join();

export const sameDoors = (a: Entitlement['doors'], b: Entitlement['doors']): boolean => key(doorsAsked(a)) === key(doorsAsked(b));

/** Grants that Seam holds for a room and guest, whatever becomes of them. */
export const liveGrants = ({ stay, roomId, guestId }: { stay: Watched; roomId: string; guestId: string }): readonly ModelGrant[] =>
  [...stay.seam.grants.values()].filter((grant) => {
    const asked = stay.record.asked.get(grant.key);
    return asked?.roomId === roomId && asked.guestId === guestId;
  });

/**
 * Access that the booking gives no more, but nothing ended: the PMS gave the room no unit, or one without doors, while somebody was in it;
 * or the stay is held or withheld, so that what exists stays.
 */
export function isKept({ stay, asked }: { stay: Watched; asked: GrantCommand['desired'] | undefined }): boolean {
  const { heard, now } = stay;
  const room = heard.reservation.rooms.find(({ id }) => id === asked?.roomId);
  const guest = heard.reservation.guests.find(({ id }) => id === asked?.guestId);
  if (asked === undefined || room === undefined || !guest?.roomIds.includes(room.id) || withheld(heard) === 'all') return false;
  const isUnknown = room.unitId === null || (heard.property.units[room.unitId] === undefined && room.unitId !== asked.unitId);
  return (isUnknown || withheld(heard) === 'new') && now < endOf(heard, windowOf(heard, room));
}

/**
 * A guest who is in has other numbers or rooms, or the booking names no room at all: what opens may stay until its successor is told. The same
 * person may come as another guest, known by the address.
 */
export function isMoving({ stay, key, asked }: { stay: Watched; key: string; asked: GrantCommand['desired'] | undefined }): boolean {
  const { heard, now, seam, post } = stay;
  const grant = seam.grants.get(key);
  if (grant === undefined || asked === undefined || withheld(heard) === 'all') return false;
  // By the times that were asked for first, too: the engine may not have read yet that it begins later now.
  if (Math.min(grant.window.startsAt, grant.coming?.startsAt ?? grant.window.startsAt, asked.window.startsAt) > now) return false;
  // What is over by its own times opens nothing: it goes with the stay at the latest.
  if (now >= endOf(heard, { startsAt: grant.window.startsAt, endsAt: stayEnd(heard) })) return false;
  const { rooms, guests } = heard.reservation;
  if (rooms.length === 0) return guests.length === 0 || guests.some(({ id }) => id === asked.guestId);
  const written = (['email', 'sms'] as const).flatMap((channel) => post.heldBy({ guestId: asked.guestId, channel }));
  const persons = guests.filter(
    ({ id, email, phone }) => id === asked.guestId || written.some(({ address }) => address === email || address === phone),
  );
  return inForce(heard, now).some(
    (right) =>
      persons.some(({ id }) => id === right.guestId) && !liveGrants({ stay, ...right }).some((other) => isTold({ stay, right, other })),
  );
}

const isTold = ({ stay, right, other }: { stay: Watched; right: Entitlement; other: ModelGrant }): boolean =>
  stay.record.toldInPerson.get(right.guestId)?.has(other.key) === true ||
  (['email', 'sms'] as const).some((channel) =>
    stay.post
      .heldBy({ guestId: right.guestId, channel })
      .some(({ grantKeys, isUncertain }) => !isUncertain && grantKeys.includes(other.key)),
  );

/** A cancelled stay waits a little for the one that replaces it. */
export const awaitsRebooking = ({ heard: { reservation, statusSince }, now }: Watched): boolean =>
  reservation.status === 'cancelled' && reservation.channel !== null && now < statusSince + REBOOKING_PATIENCE;

/** To the right doors in the right modes, whatever has become of it. */
export const isMadeFor = ({ grant, right }: { grant: ModelGrant; right: Entitlement }): boolean =>
  sameDoors(grant.asked, right.doors) && JSON.stringify(grant.methods.map(({ mode }) => mode)) === JSON.stringify(right.modes);

/** Issued in every mode, to the right doors, for the right times. */
export function isWhole({ stay, grant, right }: { stay: Watched; grant: ModelGrant; right: Entitlement }): boolean {
  const { seam, record } = stay;
  const isIssued = grant.methods.every(isUsable) && !grant.isBeingDeleted;
  const isInTime = sameWindow({ stay, a: grant.window, b: right.window });
  const isOpen = doorsAsked(right.doors).every((door) => !seam.dead.has(door)) && grant.foreign.length === 0;
  const isRight = isMadeFor({ grant, right });
  // Where nothing new is made, one that is to be replaced goes on serving.
  const isServing = !record.superseded.has(grant.key) || withheld(stay.heard) === 'new';
  return isIssued && isInTime && isOpen && isRight && isServing && !record.revoking.has(grant.key);
}

/** As far as the model's clock can tell. */
export const sameWindow = ({ stay, a, b }: { stay: Watched; a: Window; b: Window }): boolean =>
  Math.abs(a.startsAt - b.startsAt) <= stay.precision && Math.abs(a.endsAt - b.endsAt) <= stay.precision;
