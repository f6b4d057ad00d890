/** A guest's addresses: how they are shortened for others' eyes, and what a changed one may get (rule 14). */
import { type LeftAddress, type Line, leftAs, lineOfKey, openLine, sameAddress, withLeft, withoutLeft } from './line.ts';
import type { Channel } from './property.ts';
import { addressOf } from './reach.ts';
import type { Guest } from './reservation.ts';
import type { ReservationState } from './state.ts';

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
    if (address === null) return [key, line] as const;
    const accepted = acceptedAt({ state, guestId, channel });
    const wasHeard = line.told !== null || accepted.length > 0;
    const isHeardHere = accepted.some((heardAt) => sameAddress(heardAt, line.address));
    return [key, readdress({ line, address, policy, wasHeard, isHeardHere })] as const;
  });
  return Object.fromEntries(lines);
}

function readdress({
  line,
  address,
  policy,
  wasHeard,
  isHeardHere,
}: {
  line: Line;
  address: string;
  policy: 'confirm' | 'send';
  wasHeard: boolean;
  /** At the address that the line has now. */
  isHeardHere: boolean;
}): Line {
  if (sameAddress(address, line.address)) return { ...line, address };
  const back = leftAs({ line, address });
  const others = withoutLeft({ line, address });
  // Who was never written to is told of no change; who still has to hear of an earlier one does.
  const left = line.frozen || !isHeardHere ? others : withLeft({ line: { ...line, left: others }, gone: line });
  // An order to send again was given for the address before.
  if (back !== undefined) return { ...line, ...back, address, frozen: false, refused: null, resend: false, left };
  if (!wasHeard) return reopened({ line, address, left: [] });
  if (policy === 'send') return reopened({ line, address, left });
  return { ...line, address, frozen: true, left, refused: null, resend: false };
}

/** Another address is told anew. What the guest knows by the old one still opens, and what was given up may have arrived there. */
const reopened = ({ line, address, left }: { line: Line; address: string; left: readonly LeftAddress[] }): Line => ({
  ...openLine(address),
  sending: line.sending,
  ...(line.dropped === undefined ? {} : { dropped: line.dropped }),
  left,
  heardOf: line.heardOf ?? [],
});

/**
 * The addresses at which something was accepted. Only that makes a new one suspicious: who was told by voice alone never got anything
 * at the old address, and it is most often wrong, so the corrected one is told; nor is a channel that is added a changed contact.
 */
const acceptedAt = ({ state, guestId, channel }: { state: ReservationState; guestId: string; channel: Channel }): readonly string[] =>
  state.messages
    .filter(
      (message) =>
        message.guestId === guestId && message.channel === channel && (message.state === 'sent' || message.state === 'delivered'),
    )
    .map(({ to }) => to);
