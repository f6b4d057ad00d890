/**
 * The reconciler's one decision: what is to be done now so that Seam and the guests hold what the reservation says, and when to look
 * again. Pure: the same state and moment give the same commands, also those that are under way already.
 */
import { planGrants } from './access-commands.ts';
import { isGone } from './access-plan.ts';
import { isOver, stayWindow } from './access-window.ts';
import type { Command } from './command.ts';
import { wakeTimes } from './deadlines.ts';
import { planDeliveries } from './delivery-plan.ts';
import { planErrands } from './errand.ts';
import { planRenewals } from './key-commands.ts';
import { planMessages } from './message-commands.ts';
import { LAST_WORDS } from './pace.ts';
import { planRebooking } from './rebooking.ts';
import type { Instant } from './reservation.ts';
import { isResidual } from './residual.ts';
import type { ReservationState } from './state.ts';

export interface Decision {
  readonly commands: readonly Command[];
  /** When to decide again if nothing happens before; null: never. */
  readonly wakeAt: Instant | null;
  /** Nothing is left to do or to wait for: the workflow may end. */
  readonly isFinished: boolean;
}

export function decide({ state, now }: { state: ReservationState; now: Instant }): Decision {
  const wanted = [
    ...planGrants({ state, now }),
    ...planRenewals({ state, now }),
    ...planRebooking({ state }),
    ...planErrands(state),
    ...planMessages({ state, now }),
  ];
  const commands = wanted.filter((command) => isDue({ state, command, now }));
  const isFinished =
    isOver({ state, now }) &&
    state.accesses.every((access) => isGone(access) && !isResidual({ access, now })) &&
    mayEnd({ state, now }) &&
    ((wanted.length === 0 && planDeliveries({ state, now }).length === 0) || isPastLastWords({ state, now }));
  const wakeAt = wakeTimes({ state, wanted, now })
    .filter((at) => at > now)
    .reduce<Instant | null>((first, at) => (first === null || at < first ? at : first), null);
  return { commands: isFinished ? [] : commands, wakeAt, isFinished };
}

/** Not while a pause after a failure runs, nor while only a person can help. */
function isDue({ state, command, now }: { state: ReservationState; command: Command; now: Instant }): boolean {
  const setback = state.setbacks[command.lane];
  if (setback === undefined || setback.command !== command.key) return true;
  return setback.retryAt !== null && setback.retryAt <= now;
}

/** An operator's `revoke` can be lifted until the departure, so such a stay is not let go before. */
const mayEnd = ({ state, now }: { state: ReservationState; now: Instant }): boolean =>
  state.operator.revokedAt === null || stayWindow(state).endsAt <= now;

/** Messages that no server takes for so long after the end are given up, so that a closed stay does not run for ever. */
function isPastLastWords({ state, now }: { state: ReservationState; now: Instant }): boolean {
  const proven = state.accesses.map((access) => access.readBackAt ?? now);
  return now - Math.max(stayWindow(state).endsAt, ...proven, state.statusSince) > LAST_WORDS;
}
