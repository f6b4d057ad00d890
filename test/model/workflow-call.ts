/** An activity of a running workflow, held twice: before it does anything, and again before its answer goes back. */
import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { failure } from '../../activities/failures.ts';
import type { Command } from '../../workflows/domain/command.ts';
import { type Failure, isFailureType } from '../../workflows/domain/failure-types.ts';
import { callOf, type Fault, failureOf } from './errand.ts';

/** Temporal's own tries of one activity (`activity-proxies.ts`). */
const MOST_ATTEMPTS = 3;

/** `backing off`: its last try failed, and Temporal tries again by itself. */
type Phase = 'held before' | 'working' | 'held after' | 'answered' | 'backing off';

export class Call {
  readonly command: Command;
  readonly activityId: string;
  phase: Phase = 'held before';
  /** The workflow gave it up. */
  isUnwanted = false;
  /** Its last one. */
  failure: Failure = { type: 'Unexpected', code: null, retryAfter: null };
  #attempt = 0;
  /** What goes wrong in each of its next tries. */
  #faults: Fault[] = [];
  #release = Promise.withResolvers<void>();

  constructor({ command, activityId }: { command: Command; activityId: string }) {
    this.command = command;
    this.activityId = activityId;
  }

  get isHeld(): boolean {
    return this.phase === 'held before' || this.phase === 'held after';
  }

  isStill({ attempt }: { attempt: number }): boolean {
    return this.isHeld || (this.phase === 'backing off' && attempt > this.#attempt);
  }

  /** A try arrives. */
  arrive({ attempt }: { attempt: number }): void {
    this.#attempt = attempt;
    this.phase = 'held before';
  }

  /** Lets it go on: begin, or answer. */
  release({ fault }: { fault: Fault | null }): void {
    if (!this.isHeld) return;
    if (this.phase === 'held before' && fault !== null && this.#faults.length === 0) this.#faults = triesOf(fault);
    this.phase = this.phase === 'held before' ? 'working' : 'answered';
    this.#release.resolve();
  }

  /** Returns once it may go on. */
  async hold(): Promise<void> {
    await this.#release.promise;
    this.#release = Promise.withResolvers();
  }

  /** What goes wrong in this try. */
  takeFault(): Fault | null {
    return this.#faults.shift() ?? null;
  }

  errorOf = (fault: Fault): ApplicationFailure => failure(failureOf({ call: callOf(this.command), fault }));

  fail(error: unknown): 'for good' | 'for now' {
    const isLast = this.#attempt >= MOST_ATTEMPTS || error instanceof CancelledFailure;
    this.phase = 'backing off';
    this.failure = failureFrom(error);
    return isLast || (error instanceof ApplicationFailure && error.nonRetryable === true) ? 'for good' : 'for now';
  }
}

/** Once, twice, or until Temporal gives up; what was done is done once. */
const triesOf = (fault: Fault): Fault[] =>
  Array.from({ length: 1 + (fault.pick % MOST_ATTEMPTS) }, (_, i) => ({ ...fault, isDone: fault.isDone && i === 0 }));

/** What the workflow hears of an activity's error. */
function failureFrom(error: unknown): Failure {
  const [details] = error instanceof ApplicationFailure ? (error.details ?? []) : [];
  return isFailure(details)
    ? details
    : { type: 'Unexpected', code: error instanceof CancelledFailure ? 'cancelled' : null, retryAfter: null };
}

const isFailure = (details: unknown): details is Failure =>
  typeof details === 'object' && details !== null && 'type' in details && typeof details.type === 'string' && isFailureType(details.type);
