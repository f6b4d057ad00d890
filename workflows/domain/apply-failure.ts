/** What a failed command leaves behind, beside its setback. */

import { withAccess } from './access-change.ts';
import { applyFollowFailure, applySendFailure } from './apply-errand.ts';
import { refuse } from './apply-refusal.ts';
import { withSending } from './apply-started.ts';
import type { Command } from './command.ts';
import { stillContested } from './contest.ts';
import { APART, type Failure, type Learnt, mayHaveBeenTaken } from './failure-types.ts';
import type { Instant } from './reservation.ts';
import type { ReservationState } from './state.ts';
import { record } from './timeline.ts';

export function applyFailure({
  state,
  command,
  failure,
  now,
}: {
  state: ReservationState;
  command: Command;
  failure: Failure;
  now: Instant;
}): ReservationState {
  if (command.kind === 'sendErrand') return applySendFailure({ state, errandKey: command.errandKey, failure, now });
  if (command.kind === 'followErrand') return applyFollowFailure({ state, errandKey: command.errandKey, failure, now });
  if (command.kind === 'changeWindow' && failure.code === APART) return withSuccessor({ state, grantKey: command.grantKey });
  if (command.kind === 'askForUnit') return stillContested({ state, command, failure });
  if (command.kind === 'revoke' && failure.learnt !== undefined)
    return withLearnt({ state, grantKey: command.grantKey, learnt: failure.learnt });
  if (command.kind !== 'send') return state;
  if (failure.type !== 'MailRefused' && failure.type !== 'SmsRefused')
    return withSending({ state, command, isRunning: false, mayHaveArrived: mayHaveBeenTaken(failure) });
  const { [command.lane]: _done, ...setbacks } = state.setbacks;
  const refused = refuse({ state: { ...state, setbacks }, messageId: command.messageId, reason: failure.code ?? 'refused' });
  return record({
    state: refused,
    entry: { at: now, what: 'message_refused', actor: 'engine', by: null, detail: `${command.channel} ${failure.code ?? ''}`.trim() },
  });
}

/** Seam wants the grants of a reservation to overlap, and moved one after the other they do not: another grant, under a key of its own. */
const withSuccessor = (of: { state: ReservationState; grantKey: string }): ReservationState =>
  withAccess({ ...of, change: (access) => ({ ...access, isSuperseded: true }) });

/** Beside the setback, which the next failure of another kind takes the place of. */
const withLearnt = ({ learnt, ...of }: { state: ReservationState; grantKey: string; learnt: Learnt }): ReservationState =>
  withAccess({
    ...of,
    change: (access) => ({
      ...access,
      accessGrantId: access.accessGrantId ?? learnt.accessGrantId,
      learnt: [...new Set([...(access.learnt ?? []), ...learnt.accessMethodIds])],
    }),
  });
