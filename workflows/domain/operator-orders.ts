/** How an order changes the state (rule 18); whatever follows from it is decided from there. */

import type { Action, Order } from '../messages.ts';
import type { Access } from './access.ts';
import { isGone } from './access-plan.ts';
import { unmetConditions } from './access-window.ts';
import { addErrand } from './errand.ts';
import { errandOf } from './errand-order.ts';
import { type Finding, note } from './finding.ts';
import { askForKey } from './key-requests.ts';
import { type Line, lineKey, openLine, type Sending } from './line.ts';
import { addressOf } from './reach.ts';
import type { Instant } from './reservation.ts';
import { type OperatorOrders, passGeneration, type ReservationState } from './state.ts';
import { truthFor } from './truth.ts';

interface Given<O> {
  readonly state: ReservationState;
  readonly order: O;
  readonly now: Instant;
}

export function obey({ state, action, now }: { state: ReservationState; action: Action; now: Instant }): ReservationState {
  switch (action.action) {
    case 'resend':
      return resend(state);
    case 'hold':
      return ordered(state, { isHeld: true });
    case 'release':
      return release({ state, order: action, now });
    case 'revoke':
      return ordered(state, { revokedAt: state.operator.revokedAt ?? now });
    case 'retry':
      return {
        ...state,
        setbacks: {},
        accesses: state.accesses.map((access) => ({ ...access, stale: !isGone(access) && (access.stale || access.reading !== null) })),
      };
    case 'change-departure':
      return { ...ordered(state, { departure: { text: action.departure, insteadOf: state.reservation.departure } }), dueSince: now };
    case 'reissue':
      return reissue({ state, order: action, now });
    case 'told':
      return toldInPerson({ state, order: action, now });
    case 'acknowledge':
      return ordered(state, { acknowledged: [...new Set([...state.operator.acknowledged, action.code])] });
    case 'unlock':
    case 'encode-card':
    case 'assign-card': {
      const errand = errandOf({ state, action, now });
      return typeof errand === 'string' ? state : addErrand({ state, errand });
    }
    case 'renew-key':
      return askForKey({ state, guestId: action.guestId, now });
    case 'reveal':
    case 'mobile-session':
    case 'erase':
      return state;
  }
}

/** What the timeline says of an order beside its name: what it was about, and why. No personal data. */
export function orderDetail(action: Action): string {
  const { action: _name, idempotencyKey: _key, by: _by, askedAt: _askedAt, reason, ...about } = action;
  const shown = Object.entries(about).filter(([field]) => field !== 'cardNumber');
  const facts = shown.flatMap(([, value]) => value);
  return [...facts, reason].filter(Boolean).join('; ');
}

const ordered = (state: ReservationState, change: Partial<OperatorOrders>): ReservationState => ({
  ...state,
  operator: { ...state.operator, ...change },
});

function release({ state, order, now }: Given<Extract<Order, { action: 'release' }>>): ReservationState {
  const waived = [...new Set([...state.operator.waived, ...order.waive])];
  const released = ordered(state, { isHeld: false, revokedAt: null, waived });
  const isUnmet = unmetConditions(released).length > 0;
  return { ...released, dueSince: now, unmetSince: isUnmet ? (state.unmetSince ?? now) : null };
}

/**
 * The grant that holds the method gets a successor; it goes itself once that one is issued, verified and told. So does every grant that
 * opens by the same secret, for that is what leaked. The link to the guest's page ends at once: whoever found it would be shown the new
 * key, too.
 */
function reissue({ state, order }: Given<Extract<Order, { action: 'reissue' }>>): ReservationState {
  const methods = state.accesses.flatMap((access) => (access.ending === null ? (access.reading?.methods ?? []) : []));
  const fingerprint = methods.find((method) => method.accessMethodId === order.accessMethodId)?.fingerprint ?? null;
  const isLost = ({ reading, ending }: Access): boolean =>
    ending === null &&
    reading !== null &&
    reading.methods.some(
      (method) => method.accessMethodId === order.accessMethodId || (fingerprint !== null && method.fingerprint === fingerprint),
    );
  const guestIds = new Set(state.accesses.filter(isLost).map((access) => access.guestId));
  const raised = Object.fromEntries([...guestIds].map((guestId) => [guestId, passGeneration({ state, guestId }) + 1]));
  const replaced = (access: Access): Access => (isLost(access) ? { ...access, isSuperseded: true, isLeaked: true } : access);
  return { ...state, passes: { ...state.passes, ...raised }, accesses: state.accesses.map(replaced) };
}

function toldInPerson({ state, order, now }: Given<Extract<Order, { action: 'told' }>>): ReservationState {
  const truth = truthFor({ state, guestId: order.guestId, now });
  return truth.kind === 'facts' ? { ...state, toldInPerson: { ...state.toldInPerson, [order.guestId]: truth.facts } } : state;
}

/** The current truth to the current contact on every channel, whatever stood in the way. */
function resend(state: ReservationState): ReservationState {
  const lines = state.reservation.guests.flatMap((guest) =>
    state.property.messages.channels.flatMap((channel) => {
      const address = addressOf({ guest, channel });
      const key = lineKey({ guestId: guest.id, channel });
      return address === null ? [] : [[key, toldAgain(state.lines[key] ?? openLine(address))] as const];
    }),
  );
  const setbacks = Object.entries(state.setbacks).filter(([, { failure }]) => failure.type !== 'MessageLimit');
  return { ...state, lines: { ...state.lines, ...Object.fromEntries(lines) }, setbacks: Object.fromEntries(setbacks) };
}

function toldAgain(line: Line): Line {
  const sending: Sending | null = line.sending?.isRunning ? { ...line.sending, isToldAgain: true } : line.sending;
  return { ...line, sending, resend: true, frozen: false, refused: null };
}

export function orderFindings(state: ReservationState): readonly Finding[] {
  const { isHeld, revokedAt } = state.operator;
  const held: Finding = {
    code: 'held',
    subject: 'stay',
    text: 'An operator holds this stay: nothing new is issued or told until "release".',
    for: 'staff',
    deadline: null,
    effect: 'block',
    from: 0,
    alertAt: null,
  };
  const revoked = note({
    code: 'revoked',
    subject: 'stay',
    text: 'An operator took the access back; it stays so, whatever the PMS sends, until "release".',
  });
  return [...(isHeld ? [held] : []), ...(revokedAt === null ? [] : [revoked])];
}
