/** What a guest does not hold after all: a message that a channel refused for good, or lost after it had been accepted (rule 15). */

import { withMessage } from './apply-sent.ts';
import { shortened } from './contacts.ts';
import { type Line, leftOf, lineKey, STAFF, sameAddress } from './line.ts';
import type { Message } from './notice.ts';
import type { ReservationState } from './state.ts';

/** A channel that failed for good is not used again for this guest; staff's is, for each alert anew. */
export function refuse({ state, messageId, reason }: { state: ReservationState; messageId: string; reason: string }): ReservationState {
  const message = state.messages.find((candidate) => candidate.id === messageId);
  if (message === undefined) return state;
  const failed = withMessage({ state, messageId, change: (old) => ({ ...old, state: 'failed', reason }) });
  const key = lineKey({ guestId: message.guestId ?? STAFF, channel: message.channel });
  const line = state.lines[key];
  if (line === undefined) return failed;
  const isHeld = failed.messages.some((other) => isSameLine(other, message) && isAccepted(other) && other.kind !== 'contact_changed');
  return { ...failed, lines: { ...failed.lines, [key]: refusedLine({ line, message, reason, isHeld }) } };
}

const isSameLine = (a: Message, b: Message): boolean => a.guestId === b.guestId && a.channel === b.channel;
const isAccepted = ({ state }: Message): boolean => state === 'sent' || state === 'delivered';

interface Refused {
  readonly line: Line;
  readonly message: Message;
  readonly reason: string;
  /** Something else that went this way is held. */
  readonly isHeld: boolean;
}

function refusedLine({ line: { heardOf = [], ...line }, message, reason, isHeld }: Refused): Line {
  const known = { ...line, heardOf: heardOf.filter(({ by }) => by !== message.id) };
  const free = line.sending?.messageId === message.id ? { ...known, sending: null } : known;
  if (message.guestId === null) return free;
  const isPresent = isAddressOf({ address: line.address, message });
  // A farewell to an address that has become the guest's again: the channel is dead, what was told there before is still held.
  if (message.kind === 'contact_changed')
    return isPresent
      ? { ...free, refused: reason }
      : { ...free, left: leftOf(free).filter(({ address }) => !isAddressOf({ address, message })) };
  if (!isPresent) return unheard({ line: free, message, isHeld });
  // The guest does not hold what this message said; what earlier ones told is no claim any more, though it may still open.
  const pendingTold = free.pendingTold && message.kind !== 'access_pending';
  return { ...free, refused: reason, told: null, toldBy: null, pendingTold, resend: false };
}

/** Stays begun before kept the address of a message shortened only. */
const isAddressOf = ({ address, message }: { address: string; message: Message }): boolean =>
  sameAddress(address, message.to) || shortened(address) === message.to;

/** It failed at an address before: what was claimed there is not held; where nothing else is either, the new one is no stranger's. */
function unheard({ line, message, isHeld }: { line: Line; message: Message; isHeld: boolean }): Line {
  const known = line.toldBy === message.id ? { ...line, told: null, toldBy: null } : line;
  if (!isHeld) return { ...known, frozen: false, pendingTold: false, left: [] };
  return { ...known, left: leftOf(line).map((old) => (old.toldBy === message.id ? { ...old, told: null, toldBy: null } : old)) };
}
