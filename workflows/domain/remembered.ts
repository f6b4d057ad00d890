/** Remembers what was derived from a state at a moment: one decision asks for the same plan hundreds of times, and a large party has thousands of grants. */
import type { Instant } from './reservation.ts';
import type { ReservationState } from './state.ts';

interface Of<S> {
  readonly state: S;
  readonly now: Instant;
}

/**
 * A state never changes, so what follows from it and the moment does not either. Only the last one is kept: a decision is made in one go,
 * and thousands of reservations that wait would each keep their plans otherwise.
 */
export function remembered<T, S = ReservationState>(derive: (of: Of<S>) => T): (of: Of<S>) => T {
  let last: (Of<S> & { readonly value: T }) | null = null;
  return ({ state, now }) => {
    if (last === null || last.state !== state || last.now !== now) last = { state, now, value: derive({ state, now }) };
    return last.value;
  };
}
