/** What holds for every access command at the moment it is started. */
import type { ChangeWindowCommand, Command, GrantCommand, RevokeCommand } from '../../workflows/domain/command.ts';
import { type Entitlement, inForce, owed } from './entitlement.ts';
import type { ModelGrant } from './grant.ts';
import { isKept, isWhole, liveGrants, sameDoors, sameWindow } from './holding.ts';
import { promisesOfMessage } from './message-promises.ts';
import { promisesOfErrand } from './order-promises.ts';
import { promise } from './promise.ts';
import { heldOf, opensBy } from './proof.ts';
import type { Watched } from './watched.ts';

interface Started<C> {
  readonly player: Watched;
  readonly command: C;
}

/** A command that failed is left alone for at least so long, unless an operator or Seam says otherwise. Milliseconds. */
const LEAST_PAUSE = 1_000;

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
  if (command.kind === 'sendErrand') promisesOfErrand({ player, command });
}

const rightTo = ({ player, grantKey }: { player: Watched; grantKey: string }): Entitlement | undefined => {
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
    sameWindow({ stay: player, a: desired.window, b: right.window }) &&
    JSON.stringify([desired.modes, desired.unitId]) === JSON.stringify([right.modes, right.unitId]);
  promise({ kept: isAsBooked, what: 'a grant is made for the times, modes and unit of the booking', details: [command, right] });
  promise({
    kept: !record.gone.has(grantKey) && !record.revoking.has(grantKey),
    what: 'a grant that went is never made again under its key',
    details: command,
  });
  const others = liveGrants({ stay: player, ...right }).filter((grant) => grant.key !== grantKey);
  promise({
    kept: heard.property.access.roomMove === 'make-before-break' || others.length === 0,
    what: 'break-before-make: the old grant is gone before the new one',
    details: [command, others],
  });
}

function ofWindow({ player, command }: Started<ChangeWindowCommand>): void {
  const right = rightTo({ player, grantKey: command.grantKey });
  const isAsBooked = right !== undefined && sameWindow({ stay: player, a: right.window, b: command.window });
  promise({ kept: isAsBooked, what: 'a grant is given the times of the booking', details: [command, right] });
}

function ofRevocation({ player, command }: Started<RevokeCommand>): void {
  const { seam, record, heard, now } = player;
  const asked = record.asked.get(command.grantKey);
  promise({ kept: asked !== undefined, what: 'only grants of its own are taken back', details: command });
  const grant = seam.grants.get(command.grantKey);
  if (asked === undefined || grant === undefined || record.revoking.has(command.grantKey)) return;
  const isLookedFor = record.wasRebooked || (record.lookedForAt ?? 0) >= heard.statusSince;
  promise({
    kept: command.why !== 'cancelled' || heard.reservation.channel === null || isLookedFor,
    what: 'a cancelled booking is looked for under another number before its access goes',
    details: command,
  });
  // The stay under the other number says that its guest holds the access there.
  if (command.why === 'cancelled' && record.wasRebooked) return;
  const right = rightTo({ player, grantKey: command.grantKey });
  if (right === undefined) {
    // Where the answer to new times was lost, the engine goes by the old ones.
    const isInHouse = (grant.coming ?? grant.window).startsAt <= now && !record.troubles.has(grant.key);
    promise({
      kept: !isInHouse || !isKept({ stay: player, asked }) || isSpare({ player, asked, grantKey: grant.key }),
      what: 'a guest in house keeps a room whose unit the PMS forgot',
      details: command,
    });
    return;
  }
  const isOther =
    !sameDoors(asked.doors, right.doors) || JSON.stringify(asked.modes) !== JSON.stringify(right.modes) || record.superseded.has(grant.key);
  const isBreakFirst = heard.property.access.roomMove === 'break-before-make';
  // What happened to a grant in Seam and was not heard of yet cannot be known.
  const isGoneUnheard = [...seam.events, ...seam.lost].some(({ eventType }) => eventType === 'access_grant.deleted');
  if (isGoneUnheard || liveGrants({ stay: player, ...right }).some(({ id }) => seam.isUnheard(id))) return;
  const successors = liveGrants({ stay: player, ...right }).filter(
    (other) => other.key !== grant.key && isWhole({ stay: player, grant: other, right }),
  );
  const isHandedOver = successors.some(
    (successor) => isToldOf({ player, grant: successor, right }) || now < right.window.startsAt - heard.property.messages.revealBefore,
  );
  promise({
    kept: isHandedOver || (isOther && (isBreakFirst || isDispensable({ player, asked, grantKey: grant.key }))),
    what: 'access that is still due goes only once its successor works and is told',
    details: command,
  });
}

interface Of {
  readonly player: Watched;
  readonly asked: GrantCommand['desired'];
  readonly grantKey: string;
}

/** Rule 1: of three grants of a room and guest, made or in the making, one goes: not the one that the guest goes by. */
function isSpare({ player, asked, grantKey }: Of): boolean {
  const { record } = player;
  const others = [...record.asked].filter(
    ([key, { roomId, guestId }]) =>
      key !== grantKey && roomId === asked.roomId && guestId === asked.guestId && !record.gone.has(key) && !record.revoking.has(key),
  );
  return others.length >= 2 && isDispensable({ player, asked, grantKey });
}

/** The guest has not heard of it for certain, or has heard of another one since, which still opens. */
function isDispensable({ player, asked, grantKey }: Of): boolean {
  const { record, post } = player;
  const lastOf = (key: string): number =>
    post.letters.findLastIndex(
      ({ messageId, grantKeys, isLost, isUncertain }) => grantKeys.includes(key) && !isLost && !isUncertain && !player.isBusy(messageId),
    );
  const others = liveGrants({ stay: player, ...asked }).filter(({ key }) => key !== grantKey && !record.revoking.has(key));
  const inPerson = record.toldInPerson.get(asked.guestId);
  const isTold = lastOf(grantKey) >= 0 || inPerson?.has(grantKey);
  return !isTold || others.some(({ key }) => lastOf(key) > lastOf(grantKey) || (lastOf(grantKey) < 0 && inPerson?.has(key)));
}

/** The guest has heard of this grant on some channel or in person, or cannot hear at all. */
function isToldOf({ player, grant, right }: { player: Watched; grant: ModelGrant; right: Entitlement }): boolean {
  const guest = player.heard.reservation.guests.find(({ id }) => id === right.guestId);
  if (guest === undefined || (guest.email === null && guest.phone === null)) return true;
  const inPerson = player.record.toldInPerson.get(right.guestId);
  // A cloud key has nothing of its own to hear, nor a card: the same words hold for its successor.
  if (inPerson?.has(grant.key) || [...(inPerson?.values() ?? [])].includes(opensBy({ seam: player.seam, grant }))) return true;
  const held = heldOf({ seam: player.seam, grant, roomId: right.roomId, unitId: right.unitId });
  return player.post.letters.some(
    ({ guestId, isLost, grantKeys, content }) =>
      guestId === right.guestId &&
      !isLost &&
      (grantKeys.includes(grant.key) || (grantKeys.length > 0 && JSON.parse(content).includes(held))),
  );
}
