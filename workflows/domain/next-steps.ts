/** What the engine will do by itself if nothing else happens, in order. */
import { isGone } from './access-plan.ts';
import { endingOf, roomWindow } from './access-window.ts';
import type { Delivery } from './delivery-plan.ts';
import { type Instant, iso } from './reservation.ts';
import { isResidual } from './residual.ts';
import type { ReservationState } from './state.ts';
import type { ReservationView } from './view-types.ts';

export function nextSteps({
  state,
  planned,
  now,
}: {
  state: ReservationState;
  planned: readonly Delivery[];
  now: Instant;
}): ReservationView['next'] {
  const messages = planned
    .filter((delivery) => delivery.dueAt > now)
    .map(({ dueAt, channel, kind, guest }) => ({
      at: dueAt,
      what:
        kind === 'access_pending'
          ? `tell guest ${guest.id} by ${channel} that access is late, if it is`
          : `send ${kind} to guest ${guest.id} by ${channel}`,
    }));
  const retries = Object.values(state.setbacks).flatMap(({ retryAt, command }) =>
    retryAt !== null && retryAt > now ? [{ at: retryAt, what: `try again: ${command.split(' ', 1)[0]}` }] : [],
  );
  const ends = state.accesses
    .filter((access) => !isGone(access))
    .flatMap((access) => {
      const room = state.reservation.rooms.find((candidate) => candidate.id === access.roomId);
      const at = room === undefined ? now : endingOf({ state, window: roomWindow({ state, room }) }).at;
      return at > now ? [{ at, what: `revoke access to room ${access.roomId}` }] : [];
    });
  const left = state.accesses
    .filter((access) => isResidual({ access, now }))
    .map(({ residualUntil, unitId }) => ({
      at: residualUntil ?? now,
      what: `what is left of the access to unit ${unitId} ends by itself`,
    }));
  const steps = [...messages, ...retries, ...ends, ...left].toSorted((a, b) => a.at - b.at);
  return steps.map(({ at, what }) => ({ at: iso(at), what }));
}
