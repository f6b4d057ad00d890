/** What the engine promises whatever happens: a broken one ends a run, which fast-check then shrinks. */

export class BrokenPromise extends Error {
  override readonly name = 'BrokenPromise';
}

/** @throws BrokenPromise with `what` and the details unless it is kept */
export function promise({
  kept,
  what,
  details = null,
}: {
  readonly kept: boolean;
  readonly what: string;
  readonly details?: unknown;
}): void {
  if (!kept) throw new BrokenPromise(details === null ? what : `${what}: ${JSON.stringify(details)}`);
}
