/** Instant Keys to be made anew now: one at a time for each guest, for the page that it opens shows every key of its guest. */

import { withholding } from './access-window.ts';
import type { Command, RenewKeyCommand } from './command.ts';
import { type Finding, note } from './finding.ts';
import { earlyExpiry, isRenewing, renewalDueAt } from './key-renewal.ts';
import { type Instant, iso } from './reservation.ts';
import type { ReservationState } from './state.ts';
import { servingAccess, wantedAccess } from './truth.ts';

interface Of {
  readonly state: ReservationState;
  readonly now: Instant;
}

const laneOf = (guestId: string): string => `key/${guestId}`;

export function planRenewals({ state, now }: Of): readonly Command[] {
  if (withholding(state).new) return [];
  const due = wantedAccess({ state, now }).flatMap((desired): readonly RenewKeyCommand[] => {
    const access = servingAccess({ state, desired });
    const { startsAt } = desired.window;
    if (access === undefined || access.stale || !isRenewing({ state, access, startsAt, now })) return [];
    const { grantKey, guestId } = access;
    const insteadOf = earlyExpiry({ access, startsAt }) ?? 0;
    return [{ kind: 'renewKey', lane: laneOf(guestId), key: `renewKey ${guestId} ${insteadOf}`, grantKey, guestId, insteadOf }];
  });
  return [...new Map(due.map((command) => [command.lane, command])).values()];
}

export const renewalTimes = ({ state, now }: Of): readonly Instant[] =>
  wantedAccess({ state, now }).flatMap((desired) => {
    const access = servingAccess({ state, desired });
    return access === undefined ? [] : (renewalDueAt({ state, access, startsAt: desired.window.startsAt }) ?? []);
  });

/** A link that cannot be made anew is not told, for it would be dead when it is needed. */
export function renewalFindings({ state, now }: Of): readonly Finding[] {
  return planRenewals({ state, now }).flatMap(({ lane }): readonly Finding[] => {
    const setback = state.setbacks[lane];
    if (setback === undefined) return [];
    const text = 'The Instant Key ends before access starts, and Seam has not made another yet';
    if (setback.retryAt !== null)
      return [note({ code: 'key_not_renewed', subject: lane, text: `${text}; the next try is at ${iso(setback.retryAt)}.` })];
    const refused = `${text}: it refuses to${setback.failure.code === null ? '' : ` (${setback.failure.code})`}. Use "reissue", or give the guest another key.`;
    return [{ code: 'key_not_renewed', subject: lane, text: refused, for: 'staff', deadline: null, effect: 'block', from: 0, alertAt: 0 }];
  });
}
