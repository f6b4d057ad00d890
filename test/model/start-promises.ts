/** What holds for every access command at the moment it is started. */
import type { ChangeWindowCommand, Command, GrantCommand, RevokeCommand } from '../../workflows/domain/command.ts';
import { type Entitlement, endOf, inForce, owed, windowOf, withheld } from './entitlement.ts';
import { doorsAsked, type ModelGrant } from './grant.ts';
import { promisesOfMessage } from './message-promises.ts';
import type { Player } from './player.ts';
import { promise } from './promise.ts';
import { heldOf } from './proof.ts';

interface Started<C> {
  readonly player: Player;
  readonly command: C;
}

/** A command that failed is left alone for at least so long, unless an operator or Seam says otherwise. Milliseconds. */
const LEAST_PAUSE = 1_000;
/** Five minutes from when it was looked for, and some for that. Milliseconds. */
const REBOOKING_PATIENCE = 6 * 60_000;

export function promisesOfStart({ player, command }: Started<Command>): void {
  const trouble = player.record.troubles.get(command.lane);
  if (trouble?.key === command.key && !trouble.isRoused) {
    const earliest = trouble.at + Math.max(LEAST_PAUSE, trouble.failure.retryAfter ?? 0);
    promise({ kept: player.now >= earliest, what: 'a failed command waits before it is tried again', details: trouble });
  }
  if (command.kind === 'grant') ofGrant({ player, command });
  if (command.kind === 'changeWindow') ofWindow({ player, command });
  if (command.kind === 'revoke') ofRevocation({ player, command });
  if (command.kind === 'send') promisesOfMessage({ player, command });
}

const key = (doors: readonly string[]): string => doors.toSorted().join();

export const sameDoors = (a: Entitlement['doors'], b: Entitlement['doors']): boolean => key(doorsAsked(a)) === key(doorsAsked(b));

const rightTo = ({ player, grantKey }: { player: Player; grantKey: string }): Entitlement | undefined => {
  const asked = player.record.asked.get(grantKey);
  return inForce(player.heard, player.now).find((right) => right.roomId === asked?.roomId && right.guestId === asked.guestId);
};

function ofGrant({ player, command }: Started<GrantCommand>): void {
  const { heard, record, now } = player;
  const { desired, grantKey } = command;
  promise({ kept: !heard.isHeld, what: 'nothing new is issued while a stay is held', details: command });
  const right = owed(heard, now).find(({ roomId, guestId }) => roomId === desired.roomId && guestId === desired.guestId);
  promise({ kept: right !== undefined, what: 'a grant is only made for who is to have one', details: command });
  if (right === undefined) return;
  promise({ kept: sameDoors(desired.doors, right.doors), what: 'a grant opens the doors of its unit, and no other', details: command });
  const isAsBooked =
    JSON.stringify([desired.window, desired.modes, desired.unitId]) === JSON.stringify([right.window, right.modes, right.unitId]);
  promise({ kept: isAsBooked, what: 'a grant is made for the times, modes and unit of the booking', details: [command, right] });
  promise({
    kept: !record.gone.has(grantKey) && !record.revoking.has(grantKey),
    what: 'a grant that went is never made again under its key',
    details: command,
  });
  const others = liveGrants({ player, ...right }).filter((grant) => grant.key !== grantKey);
  const mayOverlap = heard.property.access.roomMove === 'make-before-break';
  promise({
    kept: mayOverlap || others.length === 0,
    what: 'break-before-make: the old grant is gone before the new one',
    details: [command, others],
  });
}

/** Grants that Seam holds for a room and guest, whatever becomes of them. */
export const liveGrants = ({ player, roomId, guestId }: { player: Player; roomId: string; guestId: string }): readonly ModelGrant[] =>
  [...player.seam.grants.values()].filter((grant) => {
    const asked = player.record.asked.get(grant.key);
    return asked?.roomId === roomId && asked.guestId === guestId;
  });

function ofWindow({ player, command }: Started<ChangeWindowCommand>): void {
  const right = rightTo({ player, grantKey: command.grantKey });
  const isAsBooked = right?.window.startsAt === command.window.startsAt && right.window.endsAt === command.window.endsAt;
  promise({ kept: isAsBooked, what: 'a grant is given the times of the booking', details: [command, right] });
}

function ofRevocation({ player, command }: Started<RevokeCommand>): void {
  const { seam, record, heard, now } = player;
  const asked = record.asked.get(command.grantKey);
  promise({ kept: asked !== undefined, what: 'only grants of its own are taken back', details: command });
  const grant = seam.grants.get(command.grantKey);
  if (asked === undefined || grant === undefined || record.revoking.has(command.grantKey)) return;
  const right = rightTo({ player, grantKey: command.grantKey });
  if (right === undefined) {
    const isInHouse = (grant.coming ?? grant.window).startsAt <= now;
    promise({
      kept: !isInHouse || !isKept({ player, asked }),
      what: 'a guest in house keeps a room whose unit the PMS forgot',
      details: command,
    });
    return;
  }
  const isOther =
    !sameDoors(asked.doors, right.doors) || JSON.stringify(asked.modes) !== JSON.stringify(right.modes) || record.superseded.has(grant.key);
  const isBreakFirst = heard.property.access.roomMove === 'break-before-make';
  // What happened to a grant in Seam and was not heard of yet cannot be known.
  if (liveGrants({ player, ...right }).some(({ id }) => seam.isUnheard(id))) return;
  const successors = liveGrants({ player, ...right }).filter(
    (other) => other.key !== grant.key && isWhole({ player, grant: other, right }),
  );
  const isHandedOver = successors.some(
    (successor) => isToldOf({ player, grant: successor, right }) || now < right.window.startsAt - heard.property.messages.revealBefore,
  );
  const isUntold = !player.post.letters.some((letter) => letter.grantKeys.includes(grant.key));
  promise({
    kept: (isOther && isBreakFirst) || isHandedOver || (isOther && isUntold),
    what: 'access that is still due goes only once its successor works and is told',
    details: command,
  });
}

/**
 * Access that the booking gives no more, but nothing ended: the PMS gave the room no unit, or one without doors, while somebody was in it;
 * or the stay is held or withheld, so that what exists stays.
 */
export function isKept({ player, asked }: { player: Player; asked: GrantCommand['desired'] | undefined }): boolean {
  const { heard, now } = player;
  const room = heard.reservation.rooms.find(({ id }) => id === asked?.roomId);
  const guest = heard.reservation.guests.find(({ id }) => id === asked?.guestId);
  if (asked === undefined || room === undefined || !guest?.roomIds.includes(room.id) || withheld(heard) === 'all') return false;
  const isUnknown = room.unitId === null || (heard.property.units[room.unitId] === undefined && room.unitId !== asked.unitId);
  return (isUnknown || withheld(heard) === 'new') && now < endOf(heard, windowOf(heard, room));
}

/** A cancelled stay waits a little for the one that replaces it. */
export const awaitsRebooking = ({ heard: { reservation, statusSince }, now }: Player): boolean =>
  reservation.status === 'cancelled' && reservation.channel !== null && now < statusSince + REBOOKING_PATIENCE;

/** Issued in every mode, to the right doors, for the right times. */
export function isWhole({ player, grant, right }: { player: Player; grant: ModelGrant; right: Entitlement }): boolean {
  const { seam, record } = player;
  const isIssued = grant.methods.every(({ state }) => state === 'issued') && !grant.isBeingDeleted;
  const isInTime = grant.window.startsAt === right.window.startsAt && grant.window.endsAt === right.window.endsAt;
  const isOpen = doorsAsked(right.doors).every((door) => !seam.dead.has(door)) && grant.foreign.length === 0;
  const isRight =
    sameDoors(grant.asked, right.doors) && JSON.stringify(grant.methods.map(({ mode }) => mode)) === JSON.stringify(right.modes);
  // Where nothing new is made, one that is to be replaced goes on serving.
  const isServing = !record.superseded.has(grant.key) || withheld(player.heard) === 'new';
  return isIssued && isInTime && isOpen && isRight && isServing && !record.revoking.has(grant.key);
}

/** The guest has heard of this grant on some channel or in person, or cannot hear at all. */
function isToldOf({ player, grant, right }: { player: Player; grant: ModelGrant; right: Entitlement }): boolean {
  const guest = player.heard.reservation.guests.find(({ id }) => id === right.guestId);
  if (guest === undefined || (guest.email === null && guest.phone === null)) return true;
  if (player.record.toldInPerson.get(right.guestId)?.includes(grant.key)) return true;
  // A cloud key has nothing of its own to hear: the same words hold for its successor.
  const held = heldOf({ seam: player.seam, grant, roomId: right.roomId, unitId: right.unitId });
  return player.post.letters.some(
    ({ guestId, isLost, grantKeys, content }) =>
      guestId === right.guestId &&
      !isLost &&
      (grantKeys.includes(grant.key) || (grantKeys.length > 0 && JSON.parse(content).includes(held))),
  );
}
