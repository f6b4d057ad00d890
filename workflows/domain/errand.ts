/**
 * What a person asked to be done once at a door or an encoder (rule 8): sent to Seam at most once ever, then followed until Seam says
 * what came of it. Whatever goes wrong, only another order sends again.
 */
import type { Command } from './command.ts';
import { ERRAND_PATIENCE } from './pace.ts';
import type { Instant } from './reservation.ts';
import type { ReservationState } from './state.ts';

export type Deed =
  /** `accessMethodId` null: a plain device, which Seam unlocks without a key. */
  | { readonly kind: 'unlock'; readonly doorId: string; readonly accessMethodId: string | null }
  | { readonly kind: 'encode'; readonly accessMethodId: string; readonly encoderId: string }
  /** `cardNumber` is forgotten once it was sent. */
  | { readonly kind: 'assign'; readonly accessMethodId: string; readonly cardNumber: string };

export interface Errand {
  /** The idempotency key of the order. */
  readonly key: string;
  readonly deed: Deed;
  readonly grantKey: string;
  /** Who asked by the page of the stay; null: an operator. */
  readonly guestId: string | null;
  readonly askedAt: Instant;
  /** Not sent later than this; null: whenever it can be. */
  readonly deadline: Instant | null;
  /**
   * `sent`: Seam has taken it. `requested`: taken, and the device has not confirmed it. `failed`: it was not done. `unknown`: the answer
   * was lost, and it may have been done.
   */
  readonly state: 'asked' | 'sent' | 'confirmed' | 'requested' | 'failed' | 'unknown';
  /** null: Seam has not taken it, as far as is known. */
  readonly actionAttemptId: string | null;
  /** What went wrong and what to do, in words for staff. */
  readonly problem: string | null;
}

/** What Seam says of an action attempt. `code`: the type of its error. */
export interface Attempt {
  /** Of a card that was assigned without one: its credential. null: it was refused. */
  readonly actionAttemptId: string | null;
  readonly state: 'sent' | 'confirmed' | 'requested' | 'failed';
  readonly code: string | null;
  /** A card of the house that took the place of the access method. */
  readonly lent?: string;
}

/** The newest are remembered, so that the same order again is answered as before; those under way always. */
const KEPT_ERRANDS = 20;

export const errandsOf = (state: ReservationState): readonly Errand[] => state.errands ?? [];

export const findErrand = ({ state, key }: { state: ReservationState | null; key: string }): Errand | undefined =>
  state?.errands?.find((errand) => errand.key === key);

export const isUnderWay = ({ state }: Errand): boolean => state === 'asked' || state === 'sent';

export function addErrand({ state, errand }: { state: ReservationState; errand: Errand }): ReservationState {
  const before = errandsOf(state);
  const newest = before.slice(1 - KEPT_ERRANDS);
  return { ...state, errands: [...before.filter((other) => newest.includes(other) || isUnderWay(other)), errand] };
}

export const changeErrand = ({ state, errand }: { state: ReservationState; errand: Errand }): ReservationState => ({
  ...state,
  errands: errandsOf(state).map((other) => (other.key === errand.key ? errand : other)),
});

/** When an errand that Seam has taken is followed no longer. */
export const givesUpAt = ({ deed, askedAt }: Errand): Instant => askedAt + ERRAND_PATIENCE[deed.kind];

/** Each on a lane of its own: a slow encoder keeps no door shut. */
export function planErrands(state: ReservationState): readonly Command[] {
  return errandsOf(state).flatMap(({ key, state: stage }): readonly Command[] => {
    const lane = `errand ${key}`;
    if (stage === 'asked') return [{ kind: 'sendErrand', lane, key: `do ${key}`, errandKey: key }];
    return stage === 'sent' ? [{ kind: 'followErrand', lane, key: `follow ${key}`, errandKey: key }] : [];
  });
}
