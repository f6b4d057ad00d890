/** The view of a reservation, from its state alone: the same for a running workflow and for the result of a closed one. */
import { accessViews } from './access-view.ts';
import { stayWindow } from './access-window.ts';
import { planDeliveries } from './delivery-plan.ts';
import { findings } from './findings.ts';
import { reservationKeyText } from './ids.ts';
import { messageViews, toldOf } from './message-view.ts';
import { nextSteps } from './next-steps.ts';
import { readinessOf } from './readiness.ts';
import { type Instant, iso } from './reservation.ts';
import type { ReservationState } from './state.ts';
import type { ReservationView } from './view-types.ts';

export function viewOf({ state, now }: { state: ReservationState; now: Instant }): ReservationView {
  const { key, reservation, property } = state;
  const window = stayWindow(state);
  const readiness = readinessOf({ state, now });
  const planned = planDeliveries({ state, now });
  return {
    key: reservationKeyText(key),
    source: key.source,
    reservationId: key.reservationId,
    workflowId: key.workflowId,
    propertyId: reservation.propertyId,
    version: reservation.version,
    status: reservation.status,
    readiness,
    reasons: findings({ state, now }).map(({ code, text, for: reader, deadline }) => ({
      code,
      text,
      for: reader,
      deadline: deadline === null ? null : iso(deadline),
    })),
    window: { startsAt: iso(window.startsAt), endsAt: iso(window.endsAt), timeZone: property.zone.name },
    guests: reservation.guests.map((guest) => ({ id: guest.id, name: guest.name, told: toldOf({ state, guestId: guest.id, planned }) })),
    access: accessViews({ state, now }),
    messages: messageViews({ state, planned, now }),
    next: nextSteps({ state, planned, now }),
    timeline: state.timeline.map((entry) => ({ ...entry, at: iso(entry.at) })),
  };
}
