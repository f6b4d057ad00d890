/**
 * Lets the server notice a dead worker within ten seconds and an activity hear of its cancellation. The first beat comes late, since a
 * beat is billed and most activities are done by then.
 */
import { Context } from '@temporalio/activity';

/** Milliseconds; the heartbeat timeout is ten seconds. */
const BEAT = 3_000;

export async function whileBeating<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const context = Context.current();
  const beat = setInterval(() => context.heartbeat(), BEAT);
  try {
    return await work(context.cancellationSignal);
  } finally {
    clearInterval(beat);
  }
}
