/**
 * How the adapter talks to Seam: one call at a time with a deadline, every answer parsed, every error classified. The client never
 * retries and never waits for an action attempt; Temporal does both.
 */
import { SeamHttp } from '@seamapi/http';
import type { z } from 'zod';
import { failure } from '../../failures.ts';
import { classifySeamError, isSeamFailure } from './errors.ts';

/** Milliseconds until a call that is not answered counts as lost. */
const CALL_TIMEOUT = 10_000;

export interface Call<Answer> {
  readonly answer: z.ZodType<Answer>;
  readonly send: (seam: SeamHttp) => PromiseLike<unknown>;
}

/** Calls on behalf of one activity, or of one asker. Each throws an `ApplicationFailure`, or the reason of the abort. */
export interface SeamCalls {
  /** Ends at once when the activity is cancelled. */
  read<Answer>(call: Call<Answer>): Promise<Answer>;
  /** null where Seam knows no such thing. */
  find<Answer>(call: Call<Answer>): Promise<Answer | null>;
  /** Goes on to its end when the activity is cancelled: a write cut off half-way may have happened, or happen later. */
  write<Answer>(call: Call<Answer>): Promise<Answer>;
}

export interface SeamConnection {
  readonly apiKey: string;
  /** Absolute URL. Always named, for the client would else read it from the environment. */
  readonly endpoint: string;
}

export function connectToSeam({ apiKey, endpoint }: SeamConnection): (signal: AbortSignal) => SeamCalls {
  const clientWith = (axiosOptions: { readonly signal?: AbortSignal }): SeamHttp =>
    new SeamHttp({ apiKey, endpoint, timeout: CALL_TIMEOUT, axiosRetryOptions: { retries: 0 }, waitForActionAttempt: false, axiosOptions });
  const writer = clientWith({});
  return (signal) => {
    const reader = clientWith({ signal });
    const read: SeamCalls['read'] = (call) => carryOut({ ...call, signal, seam: reader });
    return {
      read,
      write: (call) => carryOut({ ...call, signal, seam: writer }),
      async find(call) {
        try {
          return await read(call);
        } catch (error) {
          if (isSeamFailure(error, 'SeamNotFound')) return null;
          throw error;
        }
      },
    };
  };
}

async function carryOut<Answer>({ answer, send, signal, seam }: Call<Answer> & { signal: AbortSignal; seam: SeamHttp }): Promise<Answer> {
  heed(signal);
  const given = await reach({ send, signal, seam });
  const parsed = answer.safeParse(given);
  if (parsed.success) return parsed.data;
  // The path consists of names of the schema only, never of values.
  throw failure({ type: 'SeamUnreadable', code: parsed.error.issues[0]?.path.join('.') ?? null });
}

async function reach({ send, signal, seam }: Pick<Call<unknown>, 'send'> & { signal: AbortSignal; seam: SeamHttp }): Promise<unknown> {
  try {
    return await send(seam);
  } catch (error) {
    heed(signal);
    throw classifySeamError(error);
  }
}

/** An asker's deadline that has passed is Seam's silence; any other abort passes as it is. */
function heed(signal: AbortSignal): void {
  if (signal.reason instanceof Error && signal.reason.name === 'TimeoutError') throw failure({ type: 'SeamUnavailable', code: 'timeout' });
  signal.throwIfAborted();
}
