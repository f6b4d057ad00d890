/** What Seam holds for whom, as anybody who watches a stay from outside can say. */
import type { Window } from '../../workflows/domain/access.ts';
import type { GrantCommand } from '../../workflows/domain/command.ts';
import { type Entitlement, endOf, windowOf, withheld } from './entitlement.ts';
import { doorsAsked, type ModelGrant } from './grant.ts';
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

/** A cancelled stay waits a little for the one that replaces it. */
export const awaitsRebooking = ({ heard: { reservation, statusSince }, now }: Watched): boolean =>
  reservation.status === 'cancelled' && reservation.channel !== null && now < statusSince + REBOOKING_PATIENCE;

/** To the right doors in the right modes, whatever has become of it. */
export const isMadeFor = ({ grant, right }: { grant: ModelGrant; right: Entitlement }): boolean =>
  sameDoors(grant.asked, right.doors) && JSON.stringify(grant.methods.map(({ mode }) => mode)) === JSON.stringify(right.modes);

/** Issued in every mode, to the right doors, for the right times. */
export function isWhole({ stay, grant, right }: { stay: Watched; grant: ModelGrant; right: Entitlement }): boolean {
  const { seam, record } = stay;
  const isIssued = grant.methods.every(({ state }) => state === 'issued') && !grant.isBeingDeleted;
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
