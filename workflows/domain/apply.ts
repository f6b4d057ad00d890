/** Folds what happened into the state. Total and pure: whatever comes, in whatever order, it never throws. */

import type { SeamEvent } from '../messages.ts';
import { applyConfiguration } from './apply-configuration.ts';
import { applyFact } from './apply-fact.ts';
import { applyFailure } from './apply-failure.ts';
import { applyOutcome } from './apply-outcome.ts';
import { applyReceipt } from './apply-receipt.ts';
import { applyStarted } from './apply-started.ts';
import { contest } from './contest.ts';
import type { Event } from './event.ts';
import { askForHelp } from './help.ts';
import { orderDigest } from './ids.ts';
import { forgetMended } from './mended.ts';
import { obey, orderDetail } from './operator-orders.ts';
import { dropOvertaken } from './overtaken.ts';
import { setbackAfter } from './pace.ts';
import type { Instant } from './reservation.ts';
import { hearSeam } from './seam-event.ts';
import { KEPT, type ReservationState } from './state.ts';
import { record } from './timeline.ts';

interface Happening {
  readonly state: ReservationState;
  readonly event: Event;
  readonly now: Instant;
}

export function apply(happening: Happening): ReservationState {
  const { state: before, event, now } = happening;
  return forgetMended({ before, after: dropOvertaken({ state: fold(happening), now }), event, now });
}

function fold({ state, event, now }: Happening): ReservationState {
  switch (event.kind) {
    case 'reservation':
      return applyFact({ state, fact: event.fact, now });
    case 'property':
      return applyConfiguration({ state, fact: event.fact, now });
    case 'seam':
      return applySeamEvent({ state, event: event.event, now });
    case 'receipt':
      return applyReceipt({ state, receipt: event.receipt, now });
    case 'rebooked':
      return { ...state, rebooking: { ...state.rebooking, replacedBy: event.rebooked.by, isReplaced: true } };
    case 'contested':
      return contest({ state, unitId: event.unitId, now });
    case 'action':
      return applyAction({ state, event, now });
    case 'help':
      return askForHelp({ state, request: event.request, now });
    case 'started':
      return applyStarted({ state, command: event.command, now });
    case 'ended':
      return applyOutcome({ state: withoutSetback(state, event.command.lane), command: event.command, outcome: event.outcome, now });
    case 'failed': {
      const { command, failure } = event;
      const setback = setbackAfter({ before: state.setbacks[command.lane], command: command.key, failure, now });
      return applyFailure({ state: { ...state, setbacks: { ...state.setbacks, [command.lane]: setback } }, command, failure, now });
    }
  }
}

function withoutSetback(state: ReservationState, lane: string): ReservationState {
  if (state.setbacks[lane] === undefined) return state;
  const { [lane]: _gone, ...setbacks } = state.setbacks;
  return { ...state, setbacks };
}

/** Once per event id, however often Seam or the catch-up brings it. */
function applySeamEvent({ state, event, now }: { state: ReservationState; event: SeamEvent; now: Instant }): ReservationState {
  if (state.ledger.seamEvents.includes(event.eventId)) return state;
  const seamEvents = [...state.ledger.seamEvents, event.eventId].slice(-KEPT.seamEvents);
  return hearSeam({ state: { ...state, ledger: { ...state.ledger, seamEvents } }, event, now });
}

function applyAction({
  state,
  event,
  now,
}: {
  state: ReservationState;
  event: Extract<Event, { kind: 'action' }>;
  now: Instant;
}): ReservationState {
  const { action } = event;
  if (state.ledger.actions.some((done) => done.key === action.idempotencyKey)) return state;
  const actions = [...state.ledger.actions, { key: action.idempotencyKey, order: orderDigest(action) }].slice(-KEPT.actions);
  const obeyed = obey({ state: { ...state, ledger: { ...state.ledger, actions } }, action, now });
  const isGuests = action.action === 'renew-key' || (action.action === 'unlock' && action.guestId !== null);
  const actor = isGuests ? 'guest' : 'operator';
  return record({ state: obeyed, entry: { at: now, what: action.action, actor, by: action.by, detail: orderDetail(action) } });
}
