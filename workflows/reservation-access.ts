/**
 * One reservation's access, from booking to proven absence: takes in what is said, decides, does what is due, and ends with its last
 * state as the result, from which a closed reservation is answered without a worker.
 */
import {
  ApplicationFailure,
  allHandlersFinished,
  CancellationScope,
  condition,
  continueAsNew,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import { LONGEST_COMMAND } from './activity-proxies.ts';
import { Alarm } from './alarm.ts';
import { Commands } from './commands.ts';
import { apply } from './domain/apply.ts';
import { openStay } from './domain/apply-fact.ts';
import { decide } from './domain/decide.ts';
import type { Event } from './domain/event.ts';
import { refusalOf } from './domain/order-refusal.ts';
import { passViewOf } from './domain/pass-view.ts';
import type { ReservationState } from './domain/state.ts';
import { viewOf } from './domain/view.ts';
import { Inbox } from './inbox.ts';
import {
  actUpdate,
  contestedSignal,
  helpSignal,
  passQuery,
  propertySignal,
  rebookedSignal,
  receiptSignal,
  reservationSignal,
  type StartArguments,
  seamSignal,
  viewQuery,
} from './messages.ts';
import { orderAnswer } from './order-answer.ts';
import { attributeChanges } from './visibility.ts';

/** Temporal's own cancellation ends nothing here: access that was given has to be taken back first. An operator's order is `revoke`. */
export const reservationAccess = (start: StartArguments): Promise<ReservationState> => CancellationScope.nonCancellable(() => live(start));

async function live({ reservation, carried }: StartArguments): Promise<ReservationState> {
  let state = carried;
  const inbox = new Inbox();
  const commands = new Commands((event) => inbox.push(event));
  const alarm = new Alarm(() => inbox.ring());

  setHandler(reservationSignal, (fact) => inbox.push({ kind: 'reservation', fact }));
  setHandler(propertySignal, (fact) => inbox.push({ kind: 'property', fact }));
  setHandler(seamSignal, (event) => inbox.push({ kind: 'seam', event }));
  setHandler(receiptSignal, (receipt) => inbox.push({ kind: 'receipt', receipt }));
  setHandler(rebookedSignal, (rebooked) => inbox.push({ kind: 'rebooked', rebooked }));
  setHandler(contestedSignal, (unitId) => inbox.push({ kind: 'contested', unitId }));
  setHandler(helpSignal, (request) => inbox.push({ kind: 'help', request }));
  setHandler(viewQuery, () => viewOf({ state: known(state), now: Date.now() }));
  setHandler(passQuery, (guestId) => passViewOf({ state: known(state), guestId, now: Date.now() }));
  setHandler(
    actUpdate,
    (action) => {
      inbox.push({ kind: 'action', action });
      return orderAnswer({ action, state: () => foldAll({ state, events: inbox.pending, reservation }) });
    },
    {
      validator: (action) => {
        const refusal = refusalOf({ state: known(foldAll({ state, events: inbox.pending, reservation })), action, now: Date.now() });
        if (refusal !== null) throw ApplicationFailure.nonRetryable(refusal, 'Refused');
      },
    },
  );

  // What the run before left to be done is due although nobody says a word.
  if (carried !== null) inbox.ring();
  for (;;) {
    await inbox.wait();
    state = foldAll({ state, events: inbox.empty(), reservation });
    if (state === null) continue;
    const { commands: due, wakeAt, isFinished } = decide({ state, now: Date.now() });
    const fresh = commands.reconcile(due);
    for (const command of fresh) state = apply({ state, event: { kind: 'started', command }, now: Date.now() });
    for (const command of fresh) commands.start({ command, state });
    publish({ state, atRest: commands.size === 0 });
    const mayLeave = commands.size === 0 && inbox.pending.length === 0;
    if (mayLeave && (isFinished || workflowInfo().continueAsNewSuggested)) {
      // A handler has answered only once its own promises have run, and something may come in until then.
      await condition(() => allHandlersFinished() || inbox.pending.length > 0);
      if (inbox.pending.length > 0) continue;
      if (isFinished) return state;
      await continueAsNew<typeof reservationAccess>({ reservation, carried: state });
    }
    alarm.set({ at: wakeAt, mayWait: commands.size > 0 ? LONGEST_COMMAND : 0 });
  }
}

/** Everything that has come in, in its order; before the first word of the PMS there is nothing to know. */
function foldAll({
  state,
  events,
  reservation,
}: {
  state: ReservationState | null;
  events: readonly Event[];
  reservation: StartArguments['reservation'];
}): ReservationState | null {
  const now = Date.now();
  return events.reduce<ReservationState | null>((known, event) => {
    if (known !== null) return apply({ state: known, event, now });
    return event.kind === 'reservation' ? openStay({ key: reservation, fact: event.fact, now }) : null;
  }, state);
}

function known(state: ReservationState | null): ReservationState {
  if (state === null) throw ApplicationFailure.nonRetryable('Nothing is known of this reservation yet.', 'Refused');
  return state;
}

function publish({ state, atRest }: { state: ReservationState; atRest: boolean }): void {
  const changes = attributeChanges({ before: workflowInfo().typedSearchAttributes, state, now: Date.now(), atRest });
  if (changes !== null) upsertSearchAttributes(changes);
}
