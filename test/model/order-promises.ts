/** Rule 8: what is done once at a door or an encoder, at the moment it is started. */
import type { SendErrandCommand } from '../../workflows/domain/command.ts';
import type { Action } from '../../workflows/messages.ts';
import { inForce, withheld } from './entitlement.ts';
import { doorsAsked } from './grant.ts';
import { isKept, isMoving } from './holding.ts';
import { promise } from './promise.ts';
import type { Watched } from './watched.ts';

const LATEST = 10_000;

export function promisesOfErrand({ player, command }: { player: Watched; command: SendErrandCommand }): void {
  const { record, now } = player;
  const order = record.orders.get(command.errandKey);
  promise({ kept: !record.errands.has(command.errandKey), what: 'an unlock or encoding is sent once', details: command });
  promise({ kept: order !== undefined, what: 'only what somebody ordered is done at a door', details: command });
  if (order?.action.action === 'unlock') {
    promise({ kept: now <= order.at + LATEST, what: 'no door is unlocked long after it was asked for', details: order });
    promise({ kept: mayOpen({ player, action: order.action }), what: 'only who may enter now has a door unlocked', details: order });
  }
  if (order?.action.action === 'encode-card') {
    const { accessMethodId } = order.action;
    const grant = [...player.seam.grants.values()].find(({ methods }) => methods.some(({ id }) => id === accessMethodId));
    const isLive = grant === undefined || !(record.revoking.has(grant.key) || record.superseded.has(grant.key));
    promise({ kept: isLive && withheld(player.heard) === 'nothing', what: 'no card is made that nobody is to have', details: order });
  }
}

/** Some grant of the guest's, or of anybody's where an operator asked, opens this door, and its time has come. */
function mayOpen({ player, action }: { player: Watched; action: Extract<Action, { action: 'unlock' }> }): boolean {
  const { record, heard, now } = player;
  const door = action.entranceId ?? action.deviceId ?? '';
  return [...record.asked].some(([key, asked]) => {
    const isMeant = !record.revoking.has(key) && doorsAsked(asked.doors).includes(door);
    const isOwn = action.guestId === null || action.guestId === asked.guestId;
    const right = inForce(heard, now).find(({ roomId, guestId }) => roomId === asked.roomId && guestId === asked.guestId);
    const isTime =
      right === undefined ? isKept({ stay: player, asked }) || isMoving({ stay: player, key, asked }) : right.window.startsAt <= now;
    return isMeant && isOwn && isTime;
  });
}
