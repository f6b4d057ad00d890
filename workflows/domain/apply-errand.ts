/** How an errand goes on: Seam took it, says what came of it, or the try failed. */

import type { Access, AccessReading } from './access.ts';
import { withAccess } from './access-change.ts';
import { type Attempt, changeErrand, type Errand, errandsOf, findErrand, givesUpAt } from './errand.ts';
import { attemptProblem, failureProblem, silenceProblem } from './errand-problems.ts';
import type { Failure, FailureType } from './failure-types.ts';
import { FAILURES } from './failure-types.ts';
import type { Instant } from './reservation.ts';
import type { ReservationState } from './state.ts';
import { record } from './timeline.ts';

/** Seam or we ourselves refused it, so it was not done. Every other failure may have come after the deed. */
const NOT_DONE: ReadonlySet<FailureType> = new Set([
  'TooLate',
  'SeamRejected',
  'SeamUnauthorized',
  'SeamNotFound',
  'SeamConflict',
  'SeamRateLimited',
]);

interface Of {
  readonly state: ReservationState;
  readonly errandKey: string;
  readonly now: Instant;
}

export function applyAttempt({ state, errandKey, attempt, now }: Of & { readonly attempt: Attempt }): ReservationState {
  const errand = findErrand({ state, key: errandKey });
  if (errand === undefined) return state;
  const { kind } = errand.deed;
  const taken: Errand = { ...withoutNumber(errand), actionAttemptId: attempt.actionAttemptId, state: attempt.state };
  if (attempt.lent !== undefined) return withLent({ state: ended({ state, errand: taken, now }), errand, cardId: attempt.lent });
  if (attempt.state === 'failed') return ended({ state, errand: { ...taken, problem: attemptProblem({ kind, code: attempt.code }) }, now });
  if (attempt.state !== 'sent') return ended({ state, errand: taken, now });
  return givesUpAt(errand) <= now ? ended({ state, errand: givenUp(taken), now }) : changeErrand({ state, errand: taken });
}

interface Lending {
  readonly state: ReservationState;
  readonly errand: Errand;
  readonly cardId: string;
}

/** From now on the card is read, and what was ever said of the method that it replaces is said of it. */
function withLent({ state, errand: { grantKey, deed }, cardId }: Lending): ReservationState {
  const replaced = <Named extends { readonly accessMethodId: string | null }>(named: Named): Named =>
    named.accessMethodId === deed.accessMethodId ? { ...named, accessMethodId: cardId } : named;
  const lend = (access: Access): Access => ({
    ...access,
    lent: [...new Set([...(access.lent ?? []), cardId])],
    reading: access.reading && { ...access.reading, methods: access.reading.methods.map(replaced) },
  });
  const lent = withAccess({ state, grantKey, change: lend });
  return { ...lent, errands: errandsOf(state).map((other) => ({ ...other, deed: replaced(other.deed) })) };
}

/** Never sent again: what the failure leaves open is said, and a person decides. */
export function applySendFailure({ state, errandKey, failure, now }: Of & { readonly failure: Failure }): ReservationState {
  const errand = findErrand({ state, key: errandKey });
  if (errand === undefined) return state;
  const isDone = NOT_DONE.has(failure.type) ? 'failed' : 'unknown';
  const problem = failureProblem({ kind: errand.deed.kind, isKnown: isDone === 'failed', failure });
  return ended({ state, errand: { ...withoutNumber(errand), state: isDone, problem }, now });
}

/** Asked about again after a pause, while there is any point in it. */
export function applyFollowFailure({ state, errandKey, failure, now }: Of & { readonly failure: Failure }): ReservationState {
  const errand = findErrand({ state, key: errandKey });
  if (errand === undefined || (FAILURES[failure.type].retry !== 'never' && givesUpAt(errand) > now)) return state;
  return ended({ state, errand: givenUp(errand), now });
}

/** A door that Seam was asked to open may have opened; a card is there or it is not. */
const givenUp = (errand: Errand): Errand =>
  errand.deed.kind === 'unlock'
    ? { ...errand, state: 'requested' }
    : { ...errand, state: 'unknown', problem: silenceProblem(errand.deed.kind) };

const withoutNumber = (errand: Errand): Errand =>
  errand.deed.kind === 'assign' ? { ...errand, deed: { ...errand.deed, cardNumber: '' } } : errand;

/** A card that is there has no problem any more; what once went wrong must not be said again when it is to be written anew. */
export function withoutSolved({ state, reading }: { state: ReservationState; reading: AccessReading }): ReservationState {
  const issued = reading.methods.filter((method) => method.state === 'issued').map((method) => method.accessMethodId);
  const isSolved = ({ deed, problem }: Errand): boolean =>
    problem !== null && deed.kind !== 'unlock' && issued.includes(deed.accessMethodId);
  if (!errandsOf(state).some(isSolved)) return state;
  return { ...state, errands: errandsOf(state).map((errand) => (isSolved(errand) ? { ...errand, problem: null } : errand)) };
}

const subjectOf = ({ deed }: Errand): string => (deed.kind === 'unlock' ? deed.doorId : deed.accessMethodId);

function ended({ state, errand, now }: { state: ReservationState; errand: Errand; now: Instant }): ReservationState {
  const { [`errand ${errand.key}`]: _over, ...setbacks } = state.setbacks;
  const { kind } = errand.deed;
  // Whether the card is there shows in a read only.
  const accesses =
    kind === 'unlock'
      ? state.accesses
      : state.accesses.map((access) =>
          access.grantKey === errand.grantKey ? { ...access, stale: access.ending === null, rereadDue: true } : access,
        );
  const what = `${kind}_${errand.state}`;
  return record({
    state: changeErrand({ state: { ...state, setbacks, accesses }, errand }),
    entry: { at: now, what, actor: 'seam', by: null, detail: [subjectOf(errand), errand.problem].filter(Boolean).join('; ') },
  });
}
