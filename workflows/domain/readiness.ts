/** The one word for a reservation (the first that applies), from proof and findings alone. */
import { isGone, isReachable, planAccess } from './access-plan.ts';
import { isOver, stayWindow } from './access-window.ts';
import { planDeliveries } from './delivery-plan.ts';
import { isInEffect } from './finding.ts';
import { findings } from './findings.ts';
import { isSettled, isSettledSoFar } from './issuance.ts';
import { hasBeenTold } from './knowledge.ts';
import { isBeyondReach, isCompanion } from './reach.ts';
import type { Guest, Instant } from './reservation.ts';
import { isResidual } from './residual.ts';
import type { ReservationState } from './state.ts';
import { lateFrom, servingAccess, truthFor, wantedAccess } from './truth.ts';
import type { Readiness } from './view-types.ts';

export function readinessOf({ state, now }: { state: ReservationState; now: Instant }): Readiness {
  if (isOver({ state, now }))
    return state.accesses.every((access) => isGone(access) && !isResidual({ access, now })) ? 'closed' : 'closing';
  const all = findings({ state, now });
  if (all.some((finding) => isInEffect({ finding, effect: 'block', now }))) return 'blocked';
  if (all.some((finding) => isInEffect({ finding, effect: 'risk', now }))) return 'at_risk';
  if (isIssued({ state, now }) && isEveryoneTold({ state, now })) return 'ready';
  const { startsAt } = stayWindow(state);
  return lateFrom({ state, startsAt }) <= now && !isLookedAt({ state, now }) ? 'at_risk' : 'pending';
}

/** All was well when it was looked at last, and it is looked at again. */
const isLookedAt = ({ state, now }: { state: ReservationState; now: Instant }): boolean =>
  !isIssued({ state, now }) &&
  wantedAccess({ state, now }).every((desired) => {
    const access = servingAccess({ state, desired });
    const isTroubled = access !== undefined && state.setbacks[access.grantKey] !== undefined;
    return access !== undefined && isSettledSoFar({ access, window: desired.window, isTroubled });
  });

/** Each room has its doors, and each door its key. */
function isIssued({ state, now }: { state: ReservationState; now: Instant }): boolean {
  const wanted = wantedAccess({ state, now });
  const settled = wanted.every((desired) => {
    const access = servingAccess({ state, desired });
    return access !== undefined && isSettled({ access, window: desired.window });
  });
  return wanted.length > 0 && settled && planAccess(state).problems.length === 0;
}

/** Each guest with a grant holds the present truth, accepted by a channel, or it is scheduled. The unreachable have findings of their own. */
function isEveryoneTold({ state, now }: { state: ReservationState; now: Instant }): boolean {
  const holds = state.reservation.guests.filter((guest) => isHolding({ state, guestId: guest.id, now }));
  const others = state.reservation.guests.filter((guest) => isAwaited({ state, guest }) && !holds.includes(guest));
  return holds.length > 0 && others.every((guest) => truthFor({ state, guestId: guest.id, now }).kind === 'nothing');
}

/** Nobody waits for a message to a companion whom no channel reaches. */
const isAwaited = ({ state, guest }: { state: ReservationState; guest: Guest }): boolean =>
  isReachable(guest) && !(isCompanion({ state, guest }) && isBeyondReach({ state, guest }));

/** The guest has the present truth in hand, or it is scheduled. */
function isHolding({ state, guestId, now }: { state: ReservationState; guestId: string; now: Instant }): boolean {
  const truth = truthFor({ state, guestId, now });
  if (truth.kind !== 'facts') return false;
  const isScheduled = planDeliveries({ state, now }).some(
    (delivery) => delivery.guest.id === guestId && delivery.facts !== null && delivery.dueAt > now && !delivery.isOverLimit,
  );
  return isScheduled || hasBeenTold({ state, guestId, facts: truth.facts });
}
