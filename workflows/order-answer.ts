/** What the person who gave an order hears. Of an errand: nothing until Seam has taken it, or until it is sure that nothing more comes. */
import { ApplicationFailure, condition } from '@temporalio/workflow';
import { type Errand, findErrand } from './domain/errand.ts';
import { isErrand } from './domain/errand-order.ts';
import { userIdentityKeyOf } from './domain/ids.ts';
import { isAnswered } from './domain/key-commands.ts';
import { openRequest } from './domain/key-requests.ts';
import { mobileKeyOf } from './domain/mobile-session.ts';
import { KEY_PATIENCE } from './domain/pace.ts';
import type { ReservationState } from './domain/state.ts';
import type { Action, ActionOutcome } from './messages.ts';

interface Given {
  readonly action: Action;
  /** With everything that has come in so far. */
  readonly state: () => ReservationState | null;
}

/** @throws ApplicationFailure `Refused`, in words, where Seam did not take an errand or nobody knows whether it did */
export function orderAnswer({ action, state }: Given): ActionOutcome | Promise<ActionOutcome> {
  if (isErrand(action)) return errandAnswer(() => findErrand({ state: state(), key: action.idempotencyKey }));
  if (action.action === 'renew-key') return keyAnswer({ guestId: action.guestId, state });
  const known = action.action === 'mobile-session' ? state() : null;
  if (action.action !== 'mobile-session' || known === null) return { outcome: 'accepted' };
  const accessMethodId = mobileKeyOf({ state: known, guestId: action.guestId });
  if (accessMethodId === null) return { outcome: 'accepted' };
  const userIdentityKey = userIdentityKeyOf({ workflowId: known.key.workflowId, guestId: action.guestId });
  return { outcome: 'accepted', session: { accessMethodId, userIdentityKey } };
}

/** `made`, or `requested` where it takes longer, or Seam refuses: then staff hears of it. */
async function keyAnswer({ guestId, state }: { guestId: string; state: Given['state'] }): Promise<ActionOutcome> {
  const isOver = (): boolean => {
    const known = state();
    return known === null || isAnswered({ state: known, guestId });
  };
  await condition(isOver, KEY_PATIENCE);
  const known = state();
  return { outcome: known !== null && openRequest({ state: known, guestId }) === null ? 'made' : 'requested' };
}

async function errandAnswer(errand: () => Errand | undefined): Promise<ActionOutcome> {
  await condition(() => errand()?.state !== 'asked');
  const done = errand();
  if (done === undefined)
    throw refused('Nothing is known any more of what was asked under this key; look at the timeline, and use a new key to ask again.');
  if (done.actionAttemptId === null) throw refused(done.problem ?? 'It was not done; ask again.');
  return { outcome: wordOf(done), actionAttemptId: done.actionAttemptId };
}

function wordOf({ state, deed }: Errand): string {
  if (state === 'confirmed' || state === 'failed') return state;
  return deed.kind === 'unlock' ? 'requested' : 'accepted';
}

const refused = (words: string): ApplicationFailure => ApplicationFailure.nonRetryable(words, 'Refused');
