/**
 * The life of a process that runs until it is told to end: what was opened is closed in reverse order, and nothing that goes wrong
 * stays silent. Whatever hangs, the process ends.
 */
import type { Logger } from '../config/log.ts';

/** Milliseconds for an orderly end: longer than activities in flight get, shorter than what orchestrators wait before they kill. */
const PATIENCE = 20_000;
/** npm passes a Ctrl-C on to a process that has got it from the terminal already: only a later one is a person's second. */
const SECOND_SIGNAL_AFTER = 500;

export interface Lifetime {
  /** Aborted when the process is to end, so that what still opens gives up waiting. */
  readonly ending: AbortSignal;
  readonly onEnd: (what: string, end: () => Promise<unknown>) => void;
  /** Ends the process in order, as a signal does. */
  readonly end: () => void;
  /** For what runs in the background and cannot go on: ends the process in order, with exit status 1. */
  readonly fail: (error: unknown) => void;
}

interface Life {
  readonly log: Logger;
  readonly open: (lifetime: Lifetime) => Promise<void>;
}

/** Opens, waits for SIGINT or SIGTERM, closes; after that the process ends, once its caller has said with what status. @throws what `open` throws, after closing what it had opened */
export async function live({ log, open }: Life): Promise<void> {
  const ends: { readonly what: string; readonly end: () => Promise<unknown> }[] = [];
  const ending = new AbortController();
  const end = Promise.withResolvers<void>();
  const begin = (): void => {
    if (ending.signal.aborted) return;
    setTimeout(() => forced({ log, why: 'the end took too long' }), PATIENCE).unref();
    ending.abort();
    end.resolve();
  };
  const fail = (error: unknown): void => {
    log.error({ err: error }, 'cannot go on');
    process.exitCode = 1;
    begin();
  };
  listen({ log, begin });
  try {
    await open({ ending: ending.signal, end: begin, fail, onEnd: (what, close) => ends.push({ what, end: close }) });
    await end.promise;
  } catch (error) {
    // What was told to end while it opened has nothing to complain about.
    if (!ending.signal.aborted) throw error;
  } finally {
    begin();
    for (const { what, end: close } of ends.toReversed())
      await close().catch((error: unknown) => log.error({ what, err: error }, 'could not be closed'));
    // With the status that is set by then. Calls to a Temporal that is away may still wait to be tried again, and nobody waits for them.
    setImmediate(() => process.exit());
  }
}

function listen({ log, begin }: { log: Logger; begin: () => void }): void {
  let first: number | null = null;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (first !== null && performance.now() - first > SECOND_SIGNAL_AFTER) forced({ log, why: `a second ${signal}` });
    if (first !== null) return;
    first = performance.now();
    log.info({ signal }, 'ending');
    begin();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, onSignal);
  // A state that nobody foresaw is not run on with: what is durable lies in Temporal.
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'an error that nobody caught');
    process.exit(1);
  });
}

function forced({ log, why }: { log: Logger; why: string }): never {
  log.warn({ why }, 'ending at once');
  process.exit(1);
}
