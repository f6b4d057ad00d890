/** What holds for a message that tells of keys, at the moment it is started: what it claims, when, and to which address. */
import type { SendCommand } from '../../workflows/domain/command.ts';
import type { Facts } from '../../workflows/domain/notice.ts';
import { inForce, isIncomplete, owed } from './entitlement.ts';
import { doorsAsked } from './grant.ts';
import type { Heard } from './heard.ts';
import { sameWindow } from './holding.ts';
import { promise } from './promise.ts';
import type { Watched } from './watched.ts';

interface Started {
  readonly player: Watched;
  readonly command: SendCommand;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

export function promisesOfTelling({ player, command, facts }: Started & { readonly facts: Facts }): void {
  const { heard, now, record } = player;
  const rights = inForce(heard, now).filter(({ guestId }) => guestId === command.guestId);
  for (const room of facts.rooms) {
    const right = rights.find(({ roomId }) => roomId === room.roomId);
    const isBooked = right !== undefined && right.unitId === room.unitId && sameWindow({ stay: player, a: right.window, b: room.window });
    promise({
      kept: isBooked || (right !== undefined && record.begun.has(command)),
      what: 'a guest is told of what is booked',
      details: [room, right],
    });
    promise({ kept: !record.revoking.has(room.grantKey), what: 'nobody is told of access that is being taken back', details: room });
  }
  if (record.begun.has(command)) return;
  ofPatience({ player, command, facts });
  ofContact({ player, command });
  ofQuietHours({ player, command });
  if (!player.post.isOrdered(command) && player.post.heldBy(command).length === 0) ofReveal({ player, command });
}

/** The whole is told together, until patience ends. */
function ofPatience({ player, command, facts }: Started & { readonly facts: Facts }): void {
  const { heard, now } = player;
  const due = owed(heard, now).filter(({ guestId }) => guestId === command.guestId);
  const isWhole = due.every(({ roomId, modes, doors }) => {
    const told = facts.rooms.find((room) => room.roomId === roomId);
    const hasModes = modes.every((mode) => told?.keys.some((key) => key.mode === mode) ?? false);
    return hasModes && doorsAsked(doors).every((door) => told?.doors.some(({ id }) => id === door) ?? false);
  });
  const patient = Math.max(
    Math.min(...due.map(({ window }) => window.startsAt)) - heard.property.access.attentionBefore,
    heard.dueSince + MINUTE,
  );
  promise({
    kept: (isWhole && !isIncomplete(heard, command.guestId)) || due.length === 0 || now >= patient,
    what: 'a part is only told when there is no time to wait for the whole',
    details: facts,
  });
}

/** Rule 14: a contact that changed after telling gets nothing of itself. */
function ofContact({ player, command }: Started): void {
  const { heard, post, record } = player;
  if (
    heard.property.messages.contactChange === 'send' ||
    record.addresses.confirmed.get(`${command.channel}/${command.guestId}`) === command.address
  )
    return;
  const held = post.heldBy(command).filter(({ isUncertain, kind }) => !isUncertain && kind !== 'contact_changed');
  const isOwn = held.length === 0 || held.some(({ address }) => address === command.address);
  promise({ kept: isOwn, what: 'a contact that changed after telling gets no key', details: command });
}

const startOf = ({ heard, now, guestId }: { heard: Heard; now: number; guestId: string }): number =>
  Math.min(...inForce(heard, now).flatMap((right) => (right.guestId === guestId ? [right.window.startsAt] : [])));

function ofReveal({ player, command }: Started): void {
  const { heard, now } = player;
  const startsAt = startOf({ heard, now, guestId: command.guestId });
  promise({
    kept: now >= startsAt - heard.property.messages.revealBefore,
    what: 'keys are revealed when the property says',
    details: command,
  });
}

/** Rule 15: SMS only, and only of what does not start before they end. */
function ofQuietHours({ player: { heard, now, post }, command }: Started): void {
  const { quietHours } = heard.property.messages;
  if (command.channel !== 'sms' || quietHours === null || post.isOrdered(command)) return;
  const startsAt = startOf({ heard, now, guestId: command.guestId });
  const minute = Math.floor((now % DAY) / MINUTE);
  const isQuiet = minute >= quietHours.from || minute < quietHours.to;
  const wait = ((quietHours.to - minute + 1_440) % 1_440) * MINUTE;
  promise({
    kept: !isQuiet || startsAt < now - (now % MINUTE) + wait,
    what: 'quiet hours are quiet unless access starts in them',
    details: command,
  });
}
