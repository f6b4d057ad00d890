/** What holds for every message at the moment it is started: to whom it goes, when, and what it claims. */
import type { SendCommand } from '../../workflows/domain/command.ts';
import type { Facts } from '../../workflows/domain/notice.ts';
import type { Guest } from '../../workflows/domain/reservation.ts';
import type { Engine } from './engine.ts';
import { inForce, owed, stayStart } from './entitlement.ts';
import { doorsAsked } from './grant.ts';
import { promise } from './promise.ts';
import { MOST_A_DAY } from './record.ts';

interface Started {
  readonly player: Engine;
  readonly command: SendCommand;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

export function promisesOfMessage({ player, command }: Started): void {
  const { heard, record } = player;
  if (command.notice.kind === 'staff_alert') return ofAlert({ player, command });
  promise({ kept: !heard.isHeld, what: 'nobody is told anything while a stay is held', details: command });
  const guest = heard.reservation.guests.find(({ id }) => id === command.guestId);
  const address = guest === undefined ? undefined : addressOf(guest, command.channel);
  ofNumber({ player, command });
  switch (command.notice.kind) {
    case 'contact_changed': {
      const sent = player.post.letters.filter(
        (letter) => letter.kind === 'contact_changed' && letter.address === command.address && letter.messageId !== command.messageId,
      );
      promise({
        kept: sent.length < (record.abandoned.get(command.address) ?? 0),
        what: 'an old address hears once that it is one',
        details: command,
      });
      return;
    }
    case 'access_ready':
    case 'access_changed':
      promise({ kept: address === command.address, what: "keys go to the guest's present address only", details: command });
      promise({
        kept: record.isUnderWay(command) || record.refused.get(lineOf(command)) !== command.address,
        what: 'a channel that refused for good is not used again',
        details: command,
      });
      ofTelling({ player, command, facts: command.notice.facts });
      return;
    case 'access_pending':
      promise({ kept: heard.isExpected && player.now >= stayStart(heard), what: 'late is only said when it is late', details: command });
      return;
    case 'access_ended':
      ofEnd({ player, command });
  }
}

const lineOf = ({ channel, guestId }: Pick<SendCommand, 'channel' | 'guestId'>): string => `${channel}/${guestId}`;
const addressOf = (guest: Guest, channel: SendCommand['channel']): string | null => (channel === 'email' ? guest.email : guest.phone);

/** Rule 16: six messages of a stay by one channel in a day, as far as the engine can know, but for what an operator ordered. */
function ofNumber({ player: { post, record, now }, command }: Started): void {
  const today = new Set(record.begunToday({ channel: command.channel, now }));
  const recent = post.letters.filter(({ messageId, isUncertain }) => today.has(messageId) && !isUncertain);
  const isNew = !record.isUnderWay(command) && !record.hasResent;
  promise({ kept: !isNew || recent.length < MOST_A_DAY, what: 'a stay sends six messages a day by one channel', details: command });
}

function ofAlert({ player: { record, post }, command }: Started): void {
  const isNew = !post.letters.some(({ messageId }) => messageId === command.messageId) && command.causes.length > 0;
  const again = command.causes.filter((cause) => record.alerted.has(`${command.channel} ${cause}`));
  promise({ kept: !isNew || again.length === 0, what: 'staff hears of each cause once', details: command.causes });
}

/** Access that was told ended early, and not because the guest left. */
function ofEnd({ player: { post, record, heard, now }, command }: Started): void {
  const told = post.letters.filter(
    ({ channel, guestId, grantKeys }) => channel === command.channel && guestId === command.guestId && grantKeys.length > 0,
  );
  promise({ kept: told.length > 0, what: 'only who was told of access hears of its end', details: command });
  const ended = told.flatMap(({ ends }) => Object.entries(ends).filter(([key, endsAt]) => (record.revoking.get(key) ?? now) < endsAt));
  promise({ kept: ended.length > 0, what: 'access that ended as told needs no word', details: [command, told] });
  const isOut = heard.reservation.status === 'checked_out' && ended.every(([key]) => record.leaving.has(key));
  promise({
    kept: !isOut || record.hasLost(command.guestId),
    what: 'leaving is no ending that a guest is told of',
    details: [command, ended],
  });
}

function ofTelling({ player, command, facts }: Started & { readonly facts: Facts }): void {
  const { heard, now, record } = player;
  const rights = inForce(heard, now).filter(({ guestId }) => guestId === command.guestId);
  for (const room of facts.rooms) {
    const right = rights.find(({ roomId }) => roomId === room.roomId);
    const isBooked = right !== undefined && right.unitId === room.unitId && JSON.stringify(right.window) === JSON.stringify(room.window);
    promise({
      kept: isBooked || (right !== undefined && record.isUnderWay(command)),
      what: 'a guest is told of what is booked',
      details: [room, right],
    });
    promise({ kept: !record.revoking.has(room.grantKey), what: 'nobody is told of access that is being taken back', details: room });
  }
  if (record.isUnderWay(command)) return;
  ofPatience({ player, command, facts });
  ofContact({ player, command });
  if (!record.hasResent && player.post.heldBy(command).length === 0) ofReveal({ player, command });
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
    kept: isWhole || due.length === 0 || now >= patient,
    what: 'a part is only told when there is no time to wait for the whole',
    details: facts,
  });
}

/** Rule 14: a contact that changed after telling gets nothing of itself. */
function ofContact({ player, command }: Started): void {
  const { heard, post, record } = player;
  if (heard.property.messages.contactChange === 'send' || record.confirmed.get(lineOf(command)) === command.address) return;
  const held = post.heldBy(command).filter(({ isUncertain, kind }) => !isUncertain && kind !== 'contact_changed');
  const isOwn = held.length === 0 || held.some(({ address }) => address === command.address);
  promise({ kept: isOwn, what: 'a contact that changed after telling gets no key', details: command });
}

function ofReveal({ player, command }: Started): void {
  const { heard, now } = player;
  const { revealBefore, quietHours } = heard.property.messages;
  const startsAt = Math.min(
    ...inForce(heard, now)
      .filter(({ guestId }) => guestId === command.guestId)
      .map(({ window }) => window.startsAt),
  );
  promise({ kept: now >= startsAt - revealBefore, what: 'keys are revealed when the property says', details: command });
  if (command.channel !== 'sms' || quietHours === null) return;
  const minute = Math.floor((now % DAY) / MINUTE);
  const isQuiet = minute >= quietHours.from || minute < quietHours.to;
  const wait = ((quietHours.to - minute + 1_440) % 1_440) * MINUTE;
  promise({
    kept: !isQuiet || startsAt < now - (now % MINUTE) + wait,
    what: 'quiet hours are quiet unless access starts in them',
    details: command,
  });
}
