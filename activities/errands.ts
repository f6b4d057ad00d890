/** What is done once at a door or an encoder (rule 8). Seam keeps no idempotency keys, so nothing here is ever repeated. */
import type { Attempt } from '../workflows/domain/errand.ts';
import { failure } from './failures.ts';
import { whileBeating } from './heartbeat.ts';
import type { FollowErrandInput, SendErrandInput } from './inputs.ts';
import type { ErrandPort } from './ports.ts';

export interface ErrandDeps {
  readonly errands: ErrandPort;
  readonly now: () => number;
  /** Milliseconds; rejects when the signal aborts. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** Milliseconds between two looks at an action attempt. */
const LOOK_EVERY = 1_000;

export const createErrandActivities = ({ errands, now, pause }: ErrandDeps) => ({
  sendErrand: ({ deadline, ...request }: SendErrandInput): Promise<Attempt> =>
    whileBeating(async (signal) => {
      if (deadline !== null && now() > deadline) throw failure({ type: 'TooLate' });
      return errands.send(request, signal);
    }),

  /** Ends as soon as Seam says what came of it, or after `lookFor`. */
  followErrand: ({ actionAttemptId, lookFor }: FollowErrandInput): Promise<Attempt> =>
    whileBeating(async (signal) => {
      const until = now() + lookFor;
      for (;;) {
        await pause(LOOK_EVERY, signal);
        const attempt = await errands.follow(actionAttemptId, signal);
        if (attempt.state !== 'sent' || now() >= until) return attempt;
      }
    }),
});
