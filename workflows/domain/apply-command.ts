/** Our own commands: what is known once one has begun, and once it has ended well. */
import type { Access, Window } from './access.ts';
import { applyAttempt, withoutSolved } from './apply-errand.ts';
import { applyRenewal } from './apply-renewal.ts';
import { applySent } from './apply-sent.ts';
import type { Command, GrantCommand, SendCommand } from './command.ts';
import { uncontest } from './contest.ts';
import { openLine } from './delivery-plan.ts';
import type { Outcome } from './event.ts';
import { hasLostMethod, sameWindow } from './issuance.ts';
import { lowLevelOf } from './low-level.ts';
import type { Message } from './notice.ts';
import { provisionOf } from './property.ts';
import type { Instant } from './reservation.ts';
import { isResidual, readBack, residualEnd, withResidues } from './residual.ts';
import { KEPT, lineKey, type ReservationState, STAFF } from './state.ts';
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

/** Whether a try of the message is under way. */
export function withSending({
  state,
  command,
  isRunning,
}: {
  state: ReservationState;
  command: SendCommand;
  isRunning: boolean;
}): ReservationState {
  const key = lineKey(command);
  const line = state.lines[key];
  if (line?.sending?.messageId !== command.messageId) return state;
  return { ...state, lines: { ...state.lines, [key]: { ...line, sending: { ...line.sending, isRunning } } } };
}

export function applyOutcome({ state, command, outcome, now }: Of<Command> & { readonly outcome: Outcome }): ReservationState {
  switch (outcome.kind) {
    case 'granted': {
      const { grantKey, reading } = outcome;
      const granted = withAccess({
        state,
        grantKey,
        change: (access) => ({
          ...access,
          asked: reading.window ?? access.asked,
          accessGrantId: reading.accessGrantId,
          reading,
          readAt: now,
          residualUntil: residualEnd({ access, reading }),
          sharesWith: outcome.sharesWith,
        }),
      });
      const rebooking = outcome.rebooks === null ? state.rebooking : { ...state.rebooking, replaces: outcome.rebooks };
      return record({
        state: withResidues({ state: { ...granted, rebooking }, residues: outcome.residues }),
        entry: { at: now, what: 'access_granted', actor: 'engine', by: null, detail: grantKey },
      });
    }
    case 'windowChanged':
      return withNeighbours({
        state,
        outcome,
        change: (access) => askedFor({ access, asked: outcome.window, now }),
      });
    case 'unitFree':
      return withNeighbours({ state: command.kind === 'askForUnit' ? uncontest({ state, command }) : state, outcome });
    case 'rebookingLookedFor':
      return { ...state, rebooking: { ...state.rebooking, replacedBy: outcome.by, lookedForAt: now } };
    case 'handedOver':
      return { ...state, rebooking: { ...state.rebooking, isHandedOver: true } };
    case 'read':
      return applyReading({ state, outcome, now });
    case 'keyRenewed':
      return applyRenewal({ state, outcome, now });
    case 'revoked': {
      const { grantKey } = outcome;
      const gone = withAccess({ state, grantKey, change: (access) => readBack({ access, now }) });
      const isLeft = gone.accesses.some((access) => access.grantKey === grantKey && isResidual({ access, now }));
      const what = isLeft ? 'access_remains' : 'absence_verified';
      return record({ state: gone, entry: { at: now, what, actor: 'engine', by: null, detail: grantKey } });
    }
    case 'errand':
      return applyAttempt({ state, ...outcome, now });
    case 'sent':
      return applySent({ state: withResidues({ state, residues: outcome.residues }), outcome, now });
    case 'outdated':
      return applySent({ state, outcome, now });
  }
}

interface Asked {
  readonly state: ReservationState;
  readonly outcome: Extract<Outcome, { kind: 'windowChanged' | 'unitFree' }>;
  readonly change?: (access: Access) => Access;
}

/** The unit was asked about again: what the answer says of others stands in place of what was known. */
function withNeighbours({ state, outcome: { grantKey, sharesWith, residues }, change = (access) => access }: Asked): ReservationState {
  const asked = (access: Access): Access => ({ ...change(access), sharesWith: sharesWith ?? null });
  return withAccess({ state: withResidues({ state, residues }), grantKey, change: asked });
}

function askedFor({ access, asked, now }: { access: Access; asked: Window; now: Instant }): Access {
  const timesAsked = sameWindow(access.asked, asked) ? (access.timesAsked ?? 0) + 1 : 1;
  return { ...access, asked, askedAt: now, timesAsked, stale: true };
}

function applyReading({
  state,
  outcome,
  now,
}: {
  state: ReservationState;
  outcome: Extract<Outcome, { kind: 'read' }>;
  now: Instant;
}): ReservationState {
  const { grantKey, reading } = outcome;
  const before = state.accesses.find((access) => access.grantKey === grantKey);
  const isNew = reading.methods.some(
    (method) =>
      method.state === 'issued' &&
      !before?.reading?.methods.some((old) => old.accessMethodId === method.accessMethodId && old.state === 'issued'),
  );
  const read = withAccess({
    state: withoutSolved({ state, reading }),
    grantKey,
    change: (access) => ({
      ...access,
      reading,
      readAt: now,
      stale: access.rereadDue,
      rereadDue: false,
      timesInDoubt: false,
      ...(sameWindow(reading.window, access.asked) ? { timesAsked: 0 } : {}),
      isSuperseded: access.isSuperseded || hasLostMethod({ access, reading, now }),
      accessGrantId: reading.accessGrantId ?? access.accessGrantId,
      residualUntil: residualEnd({ access, reading }),
    }),
  });
  return isNew ? record({ state: read, entry: { at: now, what: 'access_issued', actor: 'seam', by: null, detail: grantKey } }) : read;
}

function withAccess({
  state,
  grantKey,
  change,
}: {
  state: ReservationState;
  grantKey: string;
  change: (access: Access) => Access;
}): ReservationState {
  return { ...state, accesses: state.accesses.map((access) => (access.grantKey === grantKey ? change(access) : access)) };
}
