/** Our own commands, once one has begun. */

import type { Access } from './access.ts';
import { withAccess } from './access-change.ts';
import type { Command, GrantCommand, SendCommand } from './command.ts';
import { lineKey, openLine, STAFF } from './line.ts';
import { lowLevelOf } from './low-level.ts';
import type { Message } from './notice.ts';
import { provisionOf } from './property.ts';
import type { Instant } from './reservation.ts';
import { KEPT, type ReservationState } from './state.ts';
import { record } from './timeline.ts';

interface Of<C> {
  readonly state: ReservationState;
  readonly command: C;
  readonly now: Instant;
}

/** A grant or message is on record before anybody outside is asked: a lost answer leaves nothing unknown behind. */
export function applyStarted({ state, command, now }: Of<Command>): ReservationState {
  switch (command.kind) {
    case 'grant':
      return startGrant({ state, command, now });
    case 'revoke': {
      if (state.accesses.some((access) => access.grantKey === command.grantKey && access.ending !== null)) return state;
      const ending = { since: now, why: command.why };
      const revoking = withAccess({ state, grantKey: command.grantKey, change: (access) => ({ ...access, ending }) });
      // Its successor is waited for from here, where it may be made only afterwards.
      const due = command.why === 'replaced' ? { ...revoking, dueSince: now } : revoking;
      return record({ state: due, entry: { at: now, what: 'revoking', actor: 'engine', by: null, detail: command.why } });
    }
    case 'read':
      return withAccess({ state, grantKey: command.grantKey, change: (access) => ({ ...access, stale: true, rereadDue: false }) });
    case 'send':
      return startMessage({ state, command, now });
    case 'changeWindow':
      return withAccess({ state, grantKey: command.grantKey, change: (access) => ({ ...access, timesInDoubt: true }) });
    case 'renewKey':
    case 'askForUnit':
    case 'findRebooking':
    case 'handOver':
    case 'sendErrand':
    case 'followErrand':
      return state;
  }
}

function startGrant({ state, command, now }: Of<GrantCommand>): ReservationState {
  const { grantKey } = command;
  const asked = command.desired.window;
  if (state.accesses.some((access) => access.grantKey === grantKey))
    return withAccess({ state, grantKey, change: (access) => ({ ...access, asked, askedAt: now }) });
  const { roomId, guestId, unitId, doors, modes, cards } = command.desired;
  const lowLevel = lowLevelOf(provisionOf(state.property.access));
  const access: Access = {
    grantKey,
    generation: command.generation,
    roomId,
    guestId,
    unitId,
    doors,
    modes,
    asked,
    askedAt: now,
    accessGrantId: null,
    reading: null,
    readAt: null,
    stale: false,
    rereadDue: false,
    sharesWith: null,
    isSuperseded: false,
    ending: null,
    readBackAt: null,
    residualUntil: null,
    ...(lowLevel === null ? (cards === undefined ? {} : { cards }) : { lowLevel }),
  };
  // Whatever made it necessary (another guest, a lost card, a deletion outside): what is late counts from here.
  return { ...state, dueSince: now, accesses: [...state.accesses, access] };
}

function startMessage({ state, command, now }: Of<SendCommand>): ReservationState {
  if (state.messages.some((message) => message.id === command.messageId)) return withSending({ state, command, isRunning: true });
  const { messageId, guestId, channel, address, notice, facts } = command;
  const isStaff = guestId === STAFF;
  const message: Message = {
    id: messageId,
    guestId: isStaff ? null : guestId,
    channel,
    kind: notice.kind,
    state: 'sending',
    to: address,
    at: now,
    providerId: null,
    reason: null,
  };
  const key = lineKey({ guestId, channel });
  const line = state.lines[key] ?? openLine(address);
  return {
    ...state,
    sequence: state.sequence + 1,
    messages: [...state.messages, message].slice(-KEPT.messages),
    lines: { ...state.lines, [key]: { ...line, sending: { messageId, address, notice, facts, since: now, isRunning: true } } },
    alerted: [...state.alerted, ...command.causes.map((cause) => `${channel} ${cause}`)],
  };
}

/** Whether a try of the message is under way; where one ended, whether the message may have arrived by it. */
export function withSending({
  state,
  command,
  isRunning,
  mayHaveArrived = false,
}: {
  state: ReservationState;
  command: SendCommand;
  isRunning: boolean;
  mayHaveArrived?: boolean;
}): ReservationState {
  const key = lineKey(command);
  const line = state.lines[key];
  if (line?.sending?.messageId !== command.messageId) return state;
  // What was not accepted has not been handed over, so that its next try does an order of before.
  const { isToldAgain: _again, ...sending } = line.sending;
  const next = { ...sending, isRunning, ...(mayHaveArrived ? { mayHaveArrived } : {}) };
  return { ...state, lines: { ...state.lines, [key]: { ...line, sending: next } } };
}
