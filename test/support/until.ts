/** Waits for something that happens soon, by looking often: no test sleeps for a fixed time. */
import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds after which a test gives up. */
const DEADLINE = 10_000;

/** The first answer that is neither undefined, null nor false. @throws Error after ten seconds, with `what` */
export async function until<T>(what: string, look: () => T | undefined | null | false | Promise<T | undefined | null | false>): Promise<T> {
  const deadline = Date.now() + DEADLINE;
  for (;;) {
    const seen = await look();
    if (seen !== undefined && seen !== null && seen !== false) return seen;
    if (Date.now() > deadline) throw new Error(`Waited in vain: ${what}`);
    await sleep(5);
  }
}
