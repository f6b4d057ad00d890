/**
 * The brake (rule 10): revocations that no single person or reservation asked for go through one by one, but a mass of them within ten
 * minutes is stopped until an operator approves. One state per property; pure.
 */
import { hash } from './ids.ts';
import { MINUTE } from './pace.ts';
import type { Duration, Instant } from './reservation.ts';

/** Who asks for revocations that nobody in particular wants. */
export type RevocationCause = 'configuration' | 'sweep';

export interface Revocation {
  /** The same wish has the same id, however often it is asked; access that is made anew has another. */
  readonly id: string;
  /** As an operator reads it: the key of a reservation or of a grant. No personal data. */
  readonly what: string;
  /** How many grants end. */
  readonly grants: number;
}

/** Everything that a cause would revoke in a property now: what it asked for earlier and does not any more is let go of. */
export interface BrakeQuestion {
  readonly cause: RevocationCause;
  /** The property's grants that are live, these included. */
  readonly live: number;
  readonly revocations: readonly Revocation[];
}

export interface Stopped extends Revocation {
  readonly cause: RevocationCause;
}

interface Passed {
  readonly id: string;
  readonly at: Instant;
  /** What it counts for the next ones: nothing where an operator approved it. */
  readonly grants: number;
}

export interface BrakeState {
  readonly stopped: readonly Stopped[];
  /** null: nothing is stopped. */
  readonly stoppedAt: Instant | null;
  /** The property's live grants, when that was asked last. */
  readonly live: number;
  readonly passed: readonly Passed[];
}

export const FREE: BrakeState = { stopped: [], stoppedAt: null, live: 0, passed: [] };

const COUNTED: Duration = 10 * MINUTE;
/** What was let through may be asked again for so long, since a crash may come between the leave and the deed. */
export const LEAVE: Duration = 60 * MINUTE;
const ALWAYS = 3;
const SHARE = 0.05;

/** Whether `asked` more grants may go: not if, with those of the last ten minutes, they are over 5 % of the live ones and more than 3. */
export const mayRevoke = ({ live, asked, recent }: { live: number; asked: number; recent: number }): boolean =>
  recent + asked <= Math.max(ALWAYS, live * SHARE);

const sum = (of: readonly { readonly grants: number }[]): number => of.reduce((total, { grants }) => total + grants, 0);

/** `passes`: the ids that may go now. All that is asked at once is let through or stopped together. */
export function askBrake({ state, question, now }: { state: BrakeState; question: BrakeQuestion; now: Instant }): {
  readonly state: BrakeState;
  readonly passes: readonly string[];
} {
  const { cause, live, revocations } = question;
  const passed = state.passed.filter(({ at }) => now - at < LEAVE);
  const known = new Set(passed.map(({ id }) => id));
  const fresh = revocations.filter(({ id }) => !known.has(id));
  const recent = sum(passed.filter(({ at }) => now - at < COUNTED));
  const goes = mayRevoke({ live, asked: sum(fresh), recent });
  const others = state.stopped.filter((stopped) => stopped.cause !== cause);
  const stopped = goes ? others : [...others, ...fresh.map((revocation) => ({ ...revocation, cause }))];
  return {
    state: {
      stopped,
      stoppedAt: stopped.length === 0 ? null : (state.stoppedAt ?? now),
      live,
      passed: goes ? [...passed, ...fresh.map(({ id, grants }) => ({ id, grants, at: now }))] : passed,
    },
    passes: revocations.filter(({ id }) => goes || known.has(id)).map(({ id }) => id),
  };
}

/** An operator lets through what is stopped. */
export const approveBrake = ({ state, now }: { state: BrakeState; now: Instant }): BrakeState => ({
  ...state,
  stopped: [],
  stoppedAt: null,
  passed: [...state.passed, ...state.stopped.map(({ id }) => ({ id, grants: 0, at: now }))],
});

/** Nothing is stopped, and no leave is remembered. */
export const isFree = ({ state, now }: { state: BrakeState; now: Instant }): boolean =>
  state.stopped.length === 0 && state.passed.every(({ at }) => now - at >= LEAVE);

/** Names what is stopped now, so that an operator approves what they have seen and nothing that came to it since. */
export const stopId = ({ propertyId, state }: { propertyId: string; state: Pick<BrakeState, 'stopped'> }): string =>
  hash(JSON.stringify([propertyId, ...state.stopped.map(({ id }) => id).toSorted()]));
