/** What holds for every message at the moment it is started: to whom it goes, when, and what it claims. */
import type { SendCommand } from '../../workflows/domain/command.ts';
import type { Guest } from '../../workflows/domain/reservation.ts';
import { MOST_A_DAY } from './begun.ts';
import { stayStart } from './entitlement.ts';
import { promise } from './promise.ts';

import { promisesOfTelling } from './telling-promises.ts';
import type { Watched } from './watched.ts';
import { callsForHelp } from './word-promises.ts';

interface Started {
  readonly player: Watched;
  readonly command: SendCommand;
}

export function promisesOfMessage({ player, command }: Started): void {
  const { heard, record } = player;
  if (command.notice.kind === 'staff_alert') return ofAlert({ player, command });
  promise({ kept: !heard.isHeld, what: 'nobody is told anything while a stay is held', details: command });
  const guest = heard.reservation.guests.find(({ id }) => id === command.guestId);
  const address = guest === undefined ? undefined : addressOf(guest, command.channel);
  ofNumber({ player, command });
  switch (command.notice.kind) {
    case 'contact_changed': {
      promise({ kept: address !== command.address, what: "no farewell goes to the guest's present address", details: command });
      const sent = player.post.letters.filter(
        (letter) => letter.kind === 'contact_changed' && letter.address === command.address && letter.messageId !== command.messageId,
      );
      promise({
        kept: sent.length < (record.addresses.abandoned.get(command.address) ?? 0),
        what: 'an old address hears once that it is one',
        details: command,
      });
      return;
    }
    case 'access_ready':
    case 'access_changed':
      promise({ kept: address === command.address, what: "keys go to the guest's present address only", details: command });
      promise({
        kept: record.begun.has(command) || record.addresses.refused.get(lineOf(command)) !== command.address,
        what: 'a channel that refused for good is not used again',
        details: command,
      });
      promisesOfTelling({ player, command, facts: command.notice.facts });
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
  const today = new Set(record.begun.today({ channel: command.channel, now }));
  const recent = post.letters.filter(({ messageId, isUncertain }) => today.has(messageId) && !isUncertain);
  const isNew = !record.begun.has(command) && !post.isOrdered(command);
  promise({ kept: !isNew || recent.length < MOST_A_DAY, what: 'a stay sends six messages a day by one channel', details: command });
}

function ofAlert({ player, command }: Started): void {
  const { record, post } = player;
  const isNew = !post.letters.some(({ messageId }) => messageId === command.messageId) && command.causes.length > 0;
  const again = command.causes.filter((cause) => record.isAlertedStill(`${command.channel} ${cause}`));
  promise({
    kept: !isNew || again.length === 0,
    what: 'staff hears of each cause once, until it may have been mended',
    details: command.causes,
  });
  const calls = command.causes.filter((cause) => cause.startsWith('guest_needs_help/'));
  const known = callsForHelp(player).map(({ cause }) => cause);
  const isAsked = calls.every((cause) => known.includes(cause));
  promise({ kept: !isNew || isAsked, what: 'staff hears of a guest who asks for help once an hour', details: calls });
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
