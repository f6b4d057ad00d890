/** One guest, or staff, on one channel: what was told there, what is under way, and what may go there next (rules 12 to 15). */
import type { Facts, Notice } from './notice.ts';
import type { Channel } from './property.ts';
import type { Instant } from './reservation.ts';

/** What is under way on a line: enough to send the very same message again. */
export interface Sending {
  readonly messageId: string;
  readonly address: string;
  readonly notice: Notice;
  /** What is claimed once it is accepted; null for messages that claim nothing. */
  readonly facts: Facts | null;
  /** When the first try began: an SMS of unknown fate is looked up from here on. */
  readonly since: Instant;
  /** A try is under way; otherwise it waits after a failure, and may be overtaken. */
  readonly isRunning: boolean;
  /** An operator ordered the truth again during this try: it may have been handed over before, so that it does not do the order. */
  readonly isToldAgain?: true;
  /** A try of it ended without an answer. */
  readonly mayHaveArrived?: true;
}

export interface Line {
  readonly address: string;
  /** What the last accepted message said; null when nothing is claimed any more. */
  readonly told: Facts | null;
  readonly toldBy: string | null;
  /** Grants that accepted messages told of, each with the message: one of a room that the last one left out may still open it. */
  readonly heardOf?: readonly { readonly grantKey: string; readonly by: string }[];
  readonly sending: Sending | null;
  /** Given up after tries whose fate is unknown: a receipt may say that it arrived all the same. */
  readonly dropped?: Sending;
  /** That access is late was said once. */
  readonly pendingTold: boolean;
  /** An operator asked for the current truth again. */
  readonly resend: boolean;
  /** The address changed after telling: nothing goes out until an operator's `resend` (rule 14). */
  readonly frozen: boolean;
  /** Addresses that were told, are the guest's no more and have yet to hear that, oldest first. Absent: none. */
  readonly left?: readonly LeftAddress[];
  /** The channel failed for good for this address: the reason; not used again (rule 15). */
  readonly refused: string | null;
  /** How often in a row the proof did not show what was to be said, and until when nothing more is tried. */
  readonly outdated: number;
  readonly pausedUntil: Instant;
}

/** What an address holds that was the line's: so much is told if it becomes that again. */
export type LeftAddress = Pick<Line, 'address' | 'told' | 'toldBy' | 'pendingTold'>;

export const openLine = (address: string): Line => ({
  address,
  told: null,
  toldBy: null,
  sending: null,
  pendingTold: false,
  resend: false,
  frozen: false,
  refused: null,
  outdated: 0,
  pausedUntil: 0,
});

/** Without the message under way. One that may have arrived is remembered rather than one that cannot have. */
export function givenUp({ sending, ...line }: Line): Line {
  if (sending === null) return { ...line, sending };
  const { dropped } = line;
  const isKept = dropped?.mayHaveArrived === true && sending.mayHaveArrived !== true && sameAddress(dropped.address, sending.address);
  return { ...line, sending: null, ...(isKept ? {} : { dropped: sending }) };
}

/** Staff is a line like any guest's, under a name that no guest id can have. */
export const STAFF = '\u0000staff';
export const lineKey = ({ guestId, channel }: { guestId: string; channel: Channel }): string => `${channel}/${guestId}`;

export function lineOfKey(key: string): { readonly guestId: string; readonly channel: Channel } {
  const separator = key.indexOf('/');
  return { channel: key.slice(0, separator) === 'email' ? 'email' : 'sms', guestId: key.slice(separator + 1) };
}

/** Mailbox providers make no difference between letters of either case. */
export const sameAddress = (a: string | null, b: string | null): boolean => a?.toLowerCase() === b?.toLowerCase();

/** Addresses that were told and left (rule 14). */
export const leftOf = ({ left = [] }: Line): readonly LeftAddress[] => left;

export const leftAs = ({ line, address }: { line: Line; address: string }): LeftAddress | undefined =>
  leftOf(line).find((old) => sameAddress(old.address, address));

/** Each once, as it was left last. */
export const withLeft = ({ line, gone }: { line: Line; gone: LeftAddress }): readonly LeftAddress[] => {
  const { address, told, toldBy, pendingTold } = gone;
  return [...withoutLeft({ line, address }), { address, told, toldBy, pendingTold }];
};

export const withoutLeft = ({ line, address }: { line: Line; address: string }): readonly LeftAddress[] =>
  leftOf(line).filter((old) => !sameAddress(old.address, address));
