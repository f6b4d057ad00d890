/**
 * The one door through which activities fail: a named type, a constant text and the other side's own code. Messages of
 * the other side never pass, for they may quote an address, a number or a code.
 */
import { ApplicationFailure } from '@temporalio/common';
import { FAILURES, type Failure, type FailureType, type Learnt } from '../workflows/domain/failure-types.ts';

interface FailureInput {
  readonly type: FailureType;
  /** The other side's own code, for example `21610`; leave out where it gave none. */
  readonly code?: string | null;
  /** The pause that the other side asked for, in milliseconds. */
  readonly retryAfter?: number | null;
  /** In our words: names of doors and modes, nothing of a person. */
  readonly about?: string;
  /** For the workflow to keep, and to ask with it again: that is no try for Temporal, which asks as before. */
  readonly learnt?: Learnt | undefined;
  /** What went wrong underneath. Only a failure made here is kept as cause; anything else may carry foreign text and is dropped. */
  readonly cause?: unknown;
}

/** A code is a word or a number: anything longer or stranger could be text of the other side. */
const CODE = /^[\w.:/-]{1,64}$/;

/**
 * A failure as Temporal records it: `type` decides whether trying again can help, `details[0]` is a `Failure`, and
 * `retryAfter` becomes the pause before the next try.
 */
export function failure({ type, code = null, retryAfter = null, about, learnt, cause }: FailureInput): ApplicationFailure {
  const kept = code !== null && CODE.test(code) ? code : null;
  const detail: Failure = {
    type,
    code: kept,
    retryAfter,
    ...(about === undefined ? {} : { about }),
    ...(learnt === undefined ? {} : { learnt }),
  };
  return ApplicationFailure.create({
    type,
    message: kept === null ? FAILURES[type].text : `${FAILURES[type].text} (${kept})`,
    nonRetryable: FAILURES[type].retry !== 'soon' || learnt !== undefined,
    details: [detail],
    ...(retryAfter === null ? {} : { nextRetryDelay: retryAfter }),
    ...(cause instanceof ApplicationFailure ? { cause } : {}),
  });
}
