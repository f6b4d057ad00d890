/** Instant Keys to be made anew now: one at a time for each guest, for the page that it opens shows every key of its guest. */

import { withholding } from './access-window.ts';
import type { RenewKeyCommand } from './command.ts';
import { type Finding, note } from './finding.ts';
import { earlyExpiry, isRenewing, renewalDueAt } from './key-renewal.ts';
import { hasLink, openRequest } from './key-requests.ts';
import { type Instant, iso } from './reservation.ts';
import type { ReservationState } from './state.ts';
import { servingAccess, wantedAccess } from './truth.ts';

interface Of {
  readonly state: ReservationState;
  readonly now: Instant;
}

const laneOf = (guestId: string): string => `key/${guestId}`;

export function planRenewals({ state, now }: Of): readonly RenewKeyCommand[] {
  if (withholding(state).new) return [];
  const due = wantedAccess({ state, now }).flatMap((desired): readonly RenewKeyCommand[] => {
    const access = servingAccess({ state, desired });
    const { startsAt } = desired.window;
    if (access === undefined || access.stale) return [];
    const { grantKey, guestId } = access;
    const askedAt = hasLink(access) ? openRequest({ state, guestId }) : null;
    if (askedAt === null && !isRenewing({ state, access, startsAt, now })) return [];
    const insteadOf = earlyExpiry({ access, startsAt }) ?? 0;
    const key = askedAt === null ? `renewKey ${guestId} ${insteadOf}` : `renewKey ${guestId} asked ${askedAt}`;
    return [{ kind: 'renewKey', lane: laneOf(guestId), key, grantKey, guestId, insteadOf, askedAt }];
  });
  return [...new Map(due.map((command) => [command.lane, command])).values()];
}

export const renewalTimes = ({ state, now }: Of): readonly Instant[] =>
  wantedAccess({ state, now }).flatMap((desired) => {
    const access = servingAccess({ state, desired });
    return access === undefined ? [] : (renewalDueAt({ state, access, startsAt: desired.window.startsAt }) ?? []);
  });

/** A link that cannot be made anew is not told, for it would be dead when it is needed; the guest who asked for one is at the door. */
export function renewalFindings({ state, now }: Of): readonly Finding[] {
  return planRenewals({ state, now }).flatMap(({ lane, askedAt }): readonly Finding[] => {
    const setback = state.setbacks[lane];
    if (setback === undefined) return [];
    const cause = askedAt === null ? 'The Instant Key ends before access starts' : 'The guest asked for another Instant Key';
    const text = `${cause}, and Seam has not made another yet`;
    if (setback.retryAt !== null)
      return [note({ code: 'key_not_renewed', subject: lane, text: `${text}; the next try is at ${iso(setback.retryAt)}.` })];
    const refused = `${text}: it refuses to${setback.failure.code === null ? '' : ` (${setback.failure.code})`}. Use "reissue", or give the guest another key.`;
    const effect = askedAt === null ? 'block' : 'note';
    return [{ code: 'key_not_renewed', subject: lane, text: refused, for: 'staff', deadline: null, effect, from: 0, alertAt: 0 }];
  });
}

/** Whether the key that a guest asked for is there, or is not to be waited for. */
export const isAnswered = ({ state, guestId }: { readonly state: ReservationState; readonly guestId: string }): boolean =>
  openRequest({ state, guestId }) === null || state.setbacks[laneOf(guestId)] !== undefined;
