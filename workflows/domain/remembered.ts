/** Remembers what was derived from a state at a moment: one decision asks for the same plan hundreds of times, and a large party has thousands of grants. */
import type { Instant } from './reservation.ts';
import type { ReservationState } from './state.ts';

interface Of {
  readonly state: ReservationState;
  readonly now: Instant;
}

/** A state never changes, so what follows from it and the moment does not either. */
export function remembered<T>(derive: (of: Of) => T): (of: Of) => T {
  const known = new WeakMap<ReservationState, { readonly now: Instant; readonly value: T }>();
  return (of) => {
    const before = known.get(of.state);
    if (before !== undefined && before.now === of.now) return before.value;
    const value = derive(of);
    known.set(of.state, { now: of.now, value });
    return value;
  };
}
