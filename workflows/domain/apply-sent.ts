/** What a guest holds after a message was taken by a channel, or was not sent because the proof did not show it. */
import type { Access } from './access.ts';
import { shortened } from './contacts.ts';
import { openLine } from './delivery-plan.ts';
import type { Outcome } from './event.ts';
import type { Message } from './notice.ts';
import { pauseAfterOutdated } from './pace.ts';
import type { MessagePolicy } from './property.ts';
import type { Instant } from './reservation.ts';
import { type Line, lineKey, type ReservationState, type Sending, STAFF } from './state.ts';
import { record } from './timeline.ts';

type Sent = Extract<Outcome, { kind: 'sent' | 'outdated' }>;

export function applySent({ state, outcome, now }: { state: ReservationState; outcome: Sent; now: Instant }): ReservationState {
  const { messageId } = outcome;
  if (outcome.kind === 'outdated') return outdated({ state, messageId, now });
  const message = state.messages.find((candidate) => candidate.id === messageId);
  const sent = withMessage({
    state,
    messageId,
    change: (old) => (old.state === 'sending' ? { ...old, state: 'sent', providerId: outcome.providerId } : old),
  });
  const policy = state.property.messages.contactChange;
  const lines = mapSendingLine({ state: sent, messageId, change: (line) => accepted({ line, policy }) });
  if (message === undefined || lines === sent.lines) return sent;
  return record({ state: { ...sent, lines }, entry: { at: now, what: message.kind, actor: 'engine', by: null, detail: message.channel } });
}

function accepted({ line, policy }: { line: Line; policy: MessagePolicy['contactChange'] }): Line {
  const { sending } = line;
  if (sending === null) return line;
  const free = afterHearing({ line: { ...line, sending: null, outdated: 0, pausedUntil: 0 }, sending });
  if (sending.notice.kind === 'contact_changed' || sending.address === line.address) return free;
  // The address changed while the message was on its way: the old one holds what was said, the new one has to be confirmed, or told anew.
  return policy === 'send'
    ? { ...openLine(line.address), farewell: sending.address }
    : { ...free, frozen: true, farewell: sending.address };
}

function afterHearing({ line: free, sending }: { line: Line; sending: Sending }): Line {
  switch (sending.notice.kind) {
    case 'access_ready':
    case 'access_changed':
      return { ...free, told: sending.facts, toldBy: sending.messageId, resend: false };
    case 'access_ended':
      return { ...free, told: null, toldBy: null };
    case 'access_pending':
      return { ...free, pendingTold: true };
    case 'contact_changed':
      return { ...free, farewell: null };
    case 'staff_alert':
      return free;
  }
}

/** What it would have said is no longer so: the accesses that it spoke of are read again, and what is true then is told. */
function outdated({ state, messageId, now }: { state: ReservationState; messageId: string; now: Instant }): ReservationState {
  const line = Object.values(state.lines).find((candidate) => candidate.sending?.messageId === messageId);
  const grants = line?.sending?.facts?.rooms.map((room) => room.grantKey) ?? [];
  const skipped = withMessage({
    state,
    messageId,
    change: (message) => ({ ...message, state: 'skipped', reason: 'no longer true when it was due' }),
  });
  return {
    ...skipped,
    accesses: state.accesses.map((access) => (grants.includes(access.grantKey) ? doubted(access) : access)),
    lines: mapSendingLine({
      state,
      messageId,
      change: (old) => ({ ...old, sending: null, outdated: old.outdated + 1, pausedUntil: now + pauseAfterOutdated(old.outdated) }),
    }),
  };
}

/** A grant that was thought gone and is not has to be taken back again; one that looks different is read again. */
const doubted = (access: Access): Access =>
  access.ending === null ? { ...access, stale: true, rereadDue: true } : { ...access, readBackAt: null };

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

function refusedLine({ line, message, reason, isHeld }: Refused): Line {
  const free = line.sending?.messageId === message.id ? { ...line, sending: null } : line;
  if (message.guestId === null) return free;
  if (message.kind === 'contact_changed') return { ...free, farewell: null };
  if (shortened(line.address) !== message.to) return isHeld ? free : unheard({ line: free, messageId: message.id });
  // The guest does not hold what this message said, nor anything told through it before.
  return { ...free, refused: reason, told: null, toldBy: null, resend: false };
}

/** It failed at the address before: what was claimed there is not held, so the new one is no stranger's. */
const unheard = ({ line, messageId }: { line: Line; messageId: string }): Line =>
  line.toldBy === messageId ? { ...line, told: null, toldBy: null, frozen: false, farewell: null } : line;

export function withMessage({
  state,
  messageId,
  change,
}: {
  state: ReservationState;
  messageId: string;
  change: (message: Message) => Message;
}): ReservationState {
  return { ...state, messages: state.messages.map((message) => (message.id === messageId ? change(message) : message)) };
}

function mapSendingLine({
  state,
  messageId,
  change,
}: {
  state: ReservationState;
  messageId: string;
  change: (line: Line) => Line;
}): ReservationState['lines'] {
  const found = Object.entries(state.lines).find(([, line]) => line.sending?.messageId === messageId);
  return found === undefined ? state.lines : { ...state.lines, [found[0]]: change(found[1]) };
}
