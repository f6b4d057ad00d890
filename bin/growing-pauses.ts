/** Tries again until it works: what another machine must be up for, at the start of a role. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../config/log.ts';

/** Milliseconds. */
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 15_000;

interface Trying<T> {
  /** In the log, such as `connect to Temporal`. */
  readonly what: string;
  readonly attempt: () => Promise<T>;
  /** Whether trying again is useless. */
  readonly isFinal?: (error: unknown) => boolean;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

/** @throws the first final error; AbortError once `signal` is aborted */
export async function untilItWorks<T>({ what, attempt, isFinal = () => false, log, signal }: Trying<T>): Promise<T> {
  for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
    signal.throwIfAborted();
    try {
      return await attempt();
    } catch (error) {
      if (isFinal(error)) throw error;
      log.warn({ what, err: error, nextTryInMs: pause }, 'did not work yet');
    }
    await sleep(pause, undefined, { signal });
  }
}
