/** What a guest holds after a message was taken by a channel, or was not sent because the proof did not show it. */

import type { Access } from './access.ts';
import type { Outcome } from './event.ts';
import { givenUp, type Line, leftAs, openLine, type Sending, sameAddress, withLeft, withoutLeft } from './line.ts';
import type { Message } from './notice.ts';
import { pauseAfterOutdated } from './pace.ts';
import type { MessagePolicy } from './property.ts';
import type { Instant } from './reservation.ts';
import { KEPT, type ReservationState } from './state.ts';
import { record } from './timeline.ts';

type Sent = Extract<Outcome, { kind: 'sent' | 'outdated' }>;

export function applySent({ state, outcome, now }: { state: ReservationState; outcome: Sent; now: Instant }): ReservationState {
  const { messageId } = outcome;
  if (outcome.kind === 'outdated') return outdated({ state, messageId, now });
  const message = state.messages.find((candidate) => candidate.id === messageId);
  const sent = withMessage({
    state,
    messageId,
    change: (old) =>
      old.state === 'sending' || old.state === 'skipped' ? { ...old, state: 'sent', providerId: outcome.providerId, reason: null } : old,
  });
  const policy = state.property.messages.contactChange;
  const lines = mapLine({ state: sent, messageId, change: (line, sending) => accepted({ line, sending, policy }) });
  if (message === undefined || lines === sent.lines) return sent;
  return record({ state: { ...sent, lines }, entry: { at: now, what: message.kind, actor: 'engine', by: null, detail: message.channel } });
}

interface Accepted {
  readonly line: Line;
  readonly sending: Sending;
  readonly policy: MessagePolicy['contactChange'];
}

function accepted({ line: { dropped, ...known }, sending, policy }: Accepted): Line {
  const line = dropped === undefined || isOutdone({ dropped, by: sending }) ? known : { ...known, dropped };
  const free = line.sending === sending ? { ...line, sending: null, outdated: 0, pausedUntil: 0 } : line;
  const isPresent = sameAddress(sending.address, line.address);
  // What an operator ordered for the present address is not done by what arrived at another one, or was under way then.
  const resend = line.resend && (!isPresent || sending.isToldAgain === true);
  const heard = { ...afterHearing({ line: free, sending }), ...(resend ? { resend } : {}) };
  // An address that came back while the farewell to it was on its way was told that it is none.
  if (sending.notice.kind === 'contact_changed') return isPresent && policy === 'send' ? { ...heard, told: null, toldBy: null } : heard;
  if (isPresent) return heard;
  // The address changed while the message was on its way: that one holds what was said, the present one has to be confirmed, or is told.
  const before = leftAs({ line, address: sending.address }) ?? openLine(sending.address);
  const gone = { ...afterHearing({ line: { ...line, ...before }, sending }), address: sending.address };
  const left = withLeft({ line, gone });
  const isSettled = policy === 'send' || (!line.frozen && (line.told !== null || line.pendingTold));
  return isSettled ? { ...free, heardOf: gone.heardOf ?? [], resend, left } : { ...heard, frozen: line.frozen || !resend, left };
}

/** What says nothing of keys leaves open whether the one that was given up arrived, and so does what goes elsewhere. */
function isOutdone({ dropped, by }: { dropped: Sending; by: Sending }): boolean {
  if (dropped.messageId === by.messageId) return true;
  return by.notice.kind !== 'access_pending' && sameAddress(dropped.address, by.address);
}

function afterHearing({ line: free, sending }: { line: Line; sending: Sending }): Line {
  switch (sending.notice.kind) {
    case 'access_ready':
    case 'access_changed':
      return { ...free, told: sending.facts, toldBy: sending.messageId, heardOf: heardOf({ line: free, sending }), resend: false };
    case 'access_ended':
      return { ...free, told: null, toldBy: null, heardOf: [] };
    case 'access_pending':
      return { ...free, pendingTold: true };
    case 'contact_changed':
      return { ...free, left: withoutLeft({ line: free, address: sending.address }) };
    case 'staff_alert':
      return free;
  }
}

function heardOf({ line, sending }: { line: Line; sending: Sending }): NonNullable<Line['heardOf']> {
  const grants = sending.facts?.rooms.map(({ grantKey }) => ({ grantKey, by: sending.messageId })) ?? [];
  return [...(line.heardOf ?? []), ...grants].slice(-KEPT.heardOf);
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
    lines: mapLine({
      state,
      messageId,
      // An earlier try may have arrived.
      change: (old) => ({ ...givenUp(old), outdated: old.outdated + 1, pausedUntil: now + pauseAfterOutdated(old.outdated) }),
    }),
  };
}

/** A grant that was thought gone and is not has to be taken back again; one that looks different is read again. */
const doubted = (access: Access): Access =>
  access.ending === null ? { ...access, stale: true, rereadDue: true } : { ...access, readBackAt: null };

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

/** The line of a message that is under way, or was given up with its fate unknown. */
function mapLine({
  state,
  messageId,
  change,
}: {
  state: ReservationState;
  messageId: string;
  change: (line: Line, sending: Sending) => Line;
}): ReservationState['lines'] {
  for (const [key, line] of Object.entries(state.lines)) {
    const sending = [line.sending, line.dropped].find((candidate) => candidate?.messageId === messageId);
    if (sending) return { ...state.lines, [key]: change(line, sending) };
  }
  return state.lines;
}
