/** Messages as operators see them: those on record, and those that are scheduled. Addresses are shortened. */

import { shortened } from './contacts.ts';
import type { Delivery } from './delivery-plan.ts';
import { FAILURES } from './failure-types.ts';
import { lineKey } from './line.ts';
import { overLimitText } from './message-limit.ts';
import type { Message } from './notice.ts';
import { type Instant, iso } from './reservation.ts';
import type { ReservationState } from './state.ts';
import type { MessageView, ReservationView } from './view-types.ts';

export function messageViews({
  state,
  planned,
  now,
}: {
  state: ReservationState;
  planned: readonly Delivery[];
  now: Instant;
}): readonly MessageView[] {
  const scheduled = planned
    .filter((delivery) => isScheduled({ delivery, now }))
    .map(
      (delivery, i): MessageView => ({
        id: `m${state.sequence + 1 + i}`,
        guestId: delivery.guest.id,
        channel: delivery.channel,
        kind: delivery.kind,
        state: delivery.isOverLimit ? 'skipped' : 'scheduled',
        to: shortened(delivery.address),
        at: iso(delivery.dueAt),
        providerId: null,
        reason: delivery.isOverLimit ? overLimitText(delivery.dueAt) : null,
      }),
    );
  return [
    ...state.messages.map((message) => ({ ...message, ...heldUp({ state, message }), to: shortened(message.to), at: iso(message.at) })),
    ...scheduled,
  ];
}

/** Over the property's limit for the hour (rule 16): it goes out later, if it is still so. */
function heldUp({ state, message }: { state: ReservationState; message: Message }): Pick<MessageView, 'state' | 'reason'> | null {
  const setback = message.state === 'sending' ? state.setbacks[message.id] : undefined;
  return setback?.failure.type === 'MessageLimit' ? { state: 'skipped', reason: FAILURES.MessageLimit.text } : null;
}

/** "Your key is late" only happens if it is: it is no plan. */
const isScheduled = ({ delivery, now }: { delivery: Delivery; now: Instant }): boolean =>
  delivery.isOverLimit || (delivery.kind !== 'access_pending' && delivery.dueAt > now);

export function toldOf({
  state,
  guestId,
  planned,
}: {
  state: ReservationState;
  guestId: string;
  planned: readonly Delivery[];
}): ReservationView['guests'][number]['told'] {
  const told = state.property.messages.channels.flatMap((channel) => {
    const line = state.lines[lineKey({ guestId, channel })];
    return line?.told ? [state.messages.find((message) => message.id === line.toldBy)?.state ?? 'sent'] : [];
  });
  if (told.length > 0 || state.toldInPerson[guestId] !== undefined) return told.includes('delivered') ? 'delivered' : 'accepted';
  return planned.some((delivery) => delivery.guest.id === guestId && delivery.facts !== null) ? 'scheduled' : 'none';
}
