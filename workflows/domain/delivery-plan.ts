/** Which messages are due, to whom, and when (rules 12 to 15): one line per guest and channel, each compared with the truth on its own. */
import type { Access } from './access.ts';
import { isGone, isReachable } from './access-plan.ts';
import { lateSince } from './delay.ts';
import { holdsFacts, mayHoldOther } from './knowledge.ts';
import { type Line, leftOf, lineKey, openLine } from './line.ts';
import { withinLimit } from './message-limit.ts';
import type { Facts, NoticeKind } from './notice.ts';
import type { Channel } from './property.ts';
import { quietUntil } from './quiet-hours.ts';
import { addressOf, isHeirs } from './reach.ts';
import { toldBefore } from './rebooking.ts';
import { remembered } from './remembered.ts';
import type { Guest, Instant } from './reservation.ts';
import type { ReservationState } from './state.ts';
import { sameFacts, truthFor } from './truth.ts';

/** A message that is due now or later, before it has a number. */
export interface Delivery {
  readonly guest: Guest;
  readonly channel: Channel;
  readonly address: string;
  readonly kind: NoticeKind;
  readonly facts: Facts | null;
  readonly before: Facts | null;
  readonly dueAt: Instant;
  /** It was due, and was put off: the stay has sent too much for a day. */
  readonly isOverLimit: boolean;
}

const lineOf = ({
  state,
  guestId,
  channel,
  address,
}: {
  state: ReservationState;
  guestId: string;
  channel: Channel;
  address: string;
}): Line => state.lines[lineKey({ guestId, channel })] ?? openLine(address);

/** Every message to guests that is due or scheduled, without those under way. */
export const planDeliveries = remembered(({ state, now }): readonly Delivery[] => {
  const { reservation, property } = state;
  if (state.operator.isHeld) return [];
  const deliveries = [...reservation.guests, ...state.formerGuests]
    .filter(isReachable)
    .flatMap((guest) => property.messages.channels.flatMap((channel) => deliveryOn({ state, guest, channel, now }) ?? []));
  return withinLimit({ state, deliveries, now });
});

function deliveryOn({
  state,
  guest,
  channel,
  now,
}: {
  state: ReservationState;
  guest: Guest;
  channel: Channel;
  now: Instant;
}): Delivery | null {
  const address = addressOf({ guest, channel });
  if (address === null) return null;
  const line = lineOf({ state, guestId: guest.id, channel, address });
  if (line.sending !== null) return null;
  const to = { guest, channel, address, facts: null, before: null, isOverLimit: false };
  const farewell = farewellOf({ state, to, line, now });
  if (line.frozen || line.refused !== null || (farewell !== null && farewell.dueAt <= now)) return farewell;
  const word = notBefore({ delivery: wordFor({ state, to, line, now }), at: line.pausedUntil });
  // A farewell that waits for the end of quiet hours keeps nothing else waiting.
  return farewell === null || (word !== null && word.dueAt < farewell.dueAt) ? word : farewell;
}

/** Nobody stands before a door for want of it, so quiet hours always hold. */
function farewellOf({ state, to, line, now }: { state: ReservationState; to: To; line: Line; now: Instant }): Delivery | null {
  const oldest = leftOf(line).find(({ address }) => !isHeirs({ state, guestId: to.guest.id, channel: to.channel, address }));
  if (oldest === undefined) return null;
  const dueAt = quietUntil({ property: state.property, channel: to.channel, at: now, startsAt: Number.POSITIVE_INFINITY });
  return { ...to, address: oldest.address, kind: 'contact_changed', dueAt };
}

/** Seam showed something else than what was to be said: it gets a moment to settle. */
const notBefore = ({ delivery, at }: { delivery: Delivery | null; at: Instant }): Delivery | null =>
  delivery === null ? null : { ...delivery, dueAt: Math.max(delivery.dueAt, at) };

function wordFor({ state, to, line, now }: { state: ReservationState; to: To; line: Line; now: Instant }): Delivery | null {
  const { guest } = to;
  const truth = truthFor({ state, guestId: guest.id, now });
  if (truth.kind === 'facts') return newsOf({ state, to, line, facts: truth.facts, now });
  if (truth.kind === 'nothing' && line.told !== null && !state.rebooking.isReplaced)
    return endOf({ state, to, line, told: line.told, now });
  return line.told === null && !line.pendingTold && !holdsFacts({ state, guestId: guest.id }) ? delayOf({ state, to, now }) : null;
}

type To = Pick<Delivery, 'guest' | 'channel' | 'address' | 'facts' | 'before' | 'isOverLimit'>;

function newsOf({
  state,
  to,
  line,
  facts,
  now,
}: {
  state: ReservationState;
  to: To;
  line: Line;
  facts: Facts;
  now: Instant;
}): Delivery | null {
  const startsAt = Math.min(...facts.rooms.map((room) => room.window.startsAt));
  const revealAt = startsAt - state.property.messages.revealBefore;
  const told = toldBefore({ state, told: line.told, revealAt });
  const isDoubtful = mayHoldOther({ line, facts });
  if (told !== null && !line.resend && !isDoubtful && sameFacts(told, facts)) return null;
  const at = told === null ? Math.max(now, revealAt) : now;
  const dueAt = line.resend ? now : quietUntil({ property: state.property, channel: to.channel, at, startsAt });
  // Of who may hold something else nobody knows what has changed.
  return told === null || line.resend || isDoubtful
    ? { ...to, kind: 'access_ready', facts, dueAt }
    : { ...to, kind: 'access_changed', facts, before: told, dueAt };
}

/** Only when access that was told ends earlier than told, but by `checked_out`; and only once a read has shown it gone. */
function endOf({ state, to, told, now }: { state: ReservationState; to: To; line: Line; told: Facts; now: Instant }): Delivery | null {
  const grants = told.rooms.map((room) => state.accesses.find((access) => access.grantKey === room.grantKey));
  const early = told.rooms.some((room, i) => {
    const ending = grants[i]?.ending;
    return ending !== undefined && ending !== null && !isLeaving({ state, ending }) && ending.since < room.window.endsAt;
  });
  if (isHeirs({ state, guestId: to.guest.id, channel: to.channel, address: to.address })) return null;
  if (!early || grants.some((access) => access !== undefined && !isGone(access))) return null;
  const startsAt = Math.min(...told.rooms.map((room) => room.window.startsAt));
  return {
    ...to,
    kind: 'access_ended',
    facts: told,
    dueAt: quietUntil({ property: state.property, channel: to.channel, at: now, startsAt }),
  };
}

/** The guest left; a PMS may say so together with a departure that is past. */
const isLeaving = ({ state, ending }: { state: ReservationState; ending: NonNullable<Access['ending']> }): boolean =>
  ending.why === 'checked_out' || (ending.why === 'over' && state.reservation.status === 'checked_out');

/** Once. */
function delayOf({ state, to, now }: { state: ReservationState; to: To; now: Instant }): Delivery | null {
  const dueAt = lateSince({ state, guest: to.guest, now });
  return dueAt === null ? null : { ...to, kind: 'access_pending', dueAt: Math.max(now, dueAt) };
}
