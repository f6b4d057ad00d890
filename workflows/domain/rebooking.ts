/**
 * One booking of a channel under two numbers (rule 2): where both are known before anything is taken back, the new access is told first,
 * as one change, and the old one then goes without a word.
 */
import { isGone } from './access-plan.ts';
import type { Command } from './command.ts';
import type { Facts } from './notice.ts';
import { REBOOKING_PATIENCE } from './pace.ts';
import type { Instant } from './reservation.ts';
import type { ReservationState } from './state.ts';

const LANE = 'rebooking';

/** Whether a cancelled stay's access waits for the stay that replaces it; never for long, and never because a search failed. */
export function awaitsRebooking({ state, now }: { state: ReservationState; now: Instant }): boolean {
  const { replacedBy, lookedForAt, isReplaced } = state.rebooking;
  if (state.reservation.status !== 'cancelled' || state.reservation.channel === null || isReplaced) return false;
  if (replacedBy === undefined) return !hasFailed(state);
  return replacedBy !== null && lookedForAt !== null && now < lookedForAt + REBOOKING_PATIENCE;
}

/** One search for each cancellation. */
const searchOf = ({ statusSince }: ReservationState): string => `findRebooking ${statusSince}`;
const hasFailed = (state: ReservationState): boolean => state.setbacks[LANE]?.command === searchOf(state);

export function planRebooking({ state }: { state: ReservationState }): readonly Command[] {
  const { replaces, isHandedOver, replacedBy } = state.rebooking;
  const isCancelled =
    state.reservation.status === 'cancelled' &&
    state.reservation.channel !== null &&
    state.accesses.some((access) => !isGone(access) && access.ending === null);
  const search: Command[] =
    isCancelled && replacedBy === undefined && !hasFailed(state) ? [{ kind: 'findRebooking', lane: LANE, key: searchOf(state) }] : [];
  const mayHandOver = replaces !== null && !isHandedOver && Object.values(state.lines).some((line) => line.told !== null);
  return mayHandOver
    ? [...search, { kind: 'handOver', lane: `handOver ${replaces}`, key: `handOver ${replaces}`, workflowId: replaces }]
    : search;
}

/**
 * What the guest was told under the other number is not known here: the first word of this stay is a change of it, told in full and at once.
 * Before a credential is told at all (`revealAt`) the guest knows of none.
 */
export const toldBefore = ({ state, told, revealAt }: { state: ReservationState; told: Facts | null; revealAt: Instant }): Facts | null =>
  told === null && state.rebooking.replaces !== null && state.bookedAt >= revealAt ? { rooms: [] } : told;
