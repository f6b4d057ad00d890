/** Times as Seam shows them beside those that it was asked for. Access systems keep minutes, and some move a start that has passed. */
import type { Window } from '../../../workflows/domain/access.ts';
import type { Duration, Instant } from '../../../workflows/domain/reservation.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** What a credential or a code says of its times. */
export interface Timed {
  readonly starts_at?: Instant | null | undefined;
  readonly ends_at?: Instant | null | undefined;
  /** Computed for whole hours. */
  readonly is_offline_access_code?: boolean | null | undefined;
  readonly warnings: readonly { readonly warning_code: string }[];
}

export const timesOf = ({ startsAt, endsAt }: Window): { readonly starts_at: string; readonly ends_at: string } => ({
  starts_at: new Date(startsAt).toISOString(),
  ends_at: new Date(endsAt).toISOString(),
});

export const isNear = (shown: Instant | null | undefined, asked: Instant, tolerance: Duration = MINUTE): boolean =>
  typeof shown === 'number' && Math.abs(shown - asked) < tolerance;

const toleranceOf = ({ is_offline_access_code }: Timed): Duration => (is_offline_access_code === true ? HOUR : MINUTE);

/** Whether it starts when it was asked to, or as well as it could. */
export function startsAsAsked({ timed, asked }: { readonly timed: Timed; readonly asked: Window }): boolean {
  const wasMoved = timed.warnings.some((warning) => warning.warning_code === 'schedule_modified');
  return isNear(timed.starts_at, asked.startsAt, toleranceOf(timed)) || (wasMoved && asked.startsAt < (timed.starts_at ?? 0));
}

/** The times of everything that belongs to one access: as asked, or those of one that differs; null where that has no start or end. */
export function windowOf({ all, asked }: { readonly all: readonly Timed[]; readonly asked: Window }): Window | null {
  const windows = all.map((timed): Window | null => {
    const { starts_at, ends_at } = timed;
    if (typeof starts_at !== 'number' || typeof ends_at !== 'number') return null;
    return {
      startsAt: startsAsAsked({ timed, asked }) ? asked.startsAt : starts_at,
      endsAt: isNear(ends_at, asked.endsAt, toleranceOf(timed)) ? asked.endsAt : ends_at,
    };
  });
  const differing = windows.find((window) => window === null || window.startsAt !== asked.startsAt || window.endsAt !== asked.endsAt);
  return differing === undefined ? asked : differing;
}
