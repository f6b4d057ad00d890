/** A guest's addresses: how they are shortened for others' eyes, and what a changed one may get (rule 14). */
import { openLine } from './delivery-plan.ts';
import type { Channel } from './property.ts';
import { addressOf } from './reach.ts';
import type { Guest } from './reservation.ts';
import { type Line, lineKey, lineOfKey, type ReservationState } from './state.ts';

/** `a…@example.com`, `+351…678`. */
export function shortened(address: string): string {
  const at = address.lastIndexOf('@');
  return at > 0 ? `${address.slice(0, 1)}…${address.slice(at)}` : `${address.slice(0, 4)}…${address.slice(-2)}`;
}

/** The lines after the PMS sent these guests. The code itself is never changed with a contact. */
export function changeContacts(of: {
  state: ReservationState;
  guests: readonly Guest[];
  policy: 'confirm' | 'send';
}): ReservationState['lines'] {
  const { state, guests, policy } = of;
  const lines = Object.entries(state.lines).map(([key, line]) => {
    const { guestId, channel } = lineOfKey(key);
    const guest = guests.find((candidate) => candidate.id === guestId);
    const address = guest === undefined ? null : addressOf({ guest, channel });
    return [key, address === null ? line : readdress({ line, address, policy, wasHeard: wasHeard({ state, guestId, channel }) })] as const;
  });
  return Object.fromEntries(lines);
}

function readdress({
  line,
  address,
  policy,
  wasHeard,
}: {
  line: Line;
  address: string;
  policy: 'confirm' | 'send';
  wasHeard: boolean;
}): Line {
  if (address === line.address) return line;
  if (line.farewell === address) return { ...line, address, frozen: false, farewell: null };
  if (!wasHeard) return reopened({ line, address, farewell: null });
  const old = line.frozen ? line.farewell : line.address;
  if (policy === 'send') return reopened({ line, address, farewell: old });
  // A resend was ordered to the address of then.
  return { ...line, address, frozen: true, farewell: old, refused: null, resend: false };
}

/** Another address is told anew. What the guest knows by the old one still opens, and what was given up may have arrived there. */
export const reopened = ({ line, address, farewell }: { line: Line; address: string; farewell: string | null }): Line => ({
  ...openLine(address),
  sending: line.sending,
  ...(line.dropped === undefined ? {} : { dropped: line.dropped }),
  farewell,
  heardOf: line.heardOf ?? [],
});

/** Something that went to the old address was accepted. */
const wasHeard = ({ state, guestId, channel }: { state: ReservationState; guestId: string; channel: Channel }): boolean =>
  Boolean(state.lines[lineKey({ guestId, channel })]?.told) ||
  state.messages.some(
    (message) => message.guestId === guestId && message.channel === channel && (message.state === 'sent' || message.state === 'delivered'),
  );
