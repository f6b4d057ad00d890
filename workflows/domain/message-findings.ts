/** Why a message waits, was not sent, or needs a person. */

import { occupiedFinding } from './access-findings.ts';
import { entitledGuests } from './access-plan.ts';
import { stayWindow } from './access-window.ts';
import { shortened } from './contacts.ts';
import { type Delivery, planDeliveries } from './delivery-plan.ts';
import { FAILURES, FIRST_OF_THE_HOUR } from './failure-types.ts';
import { type Finding, note } from './finding.ts';
import { hasBeenTold, holdsFacts } from './knowledge.ts';
import { type Line, lineKey } from './line.ts';
import { MESSAGES_PER_DAY } from './message-limit.ts';
import type { Channel } from './property.ts';
import { isBeyondReach, isCompanion } from './reach.ts';
import { type Guest, type Instant, iso } from './reservation.ts';
import type { ReservationState } from './state.ts';
import { attentionAt, truthFor } from './truth.ts';

const NAMES: Record<Channel, string> = { email: 'e-mail', sms: 'SMS' };

export function messageFindings({ state, now }: { state: ReservationState; now: Instant }): readonly Finding[] {
  const lines = state.reservation.guests.flatMap((guest) =>
    state.property.messages.channels.flatMap((channel) => {
      const line = state.lines[lineKey({ guestId: guest.id, channel })];
      return line === undefined ? [] : lineFindings({ state, guest, channel, line });
    }),
  );
  return [...lines, ...silentGuests({ state, now })];
}

/** What goes out later, by itself. */
export const delayFindings = (of: { state: ReservationState; now: Instant }): readonly Finding[] => [...waiting(of), ...overLimit(of)];

function lineFindings({
  state,
  guest,
  channel,
  line,
}: {
  state: ReservationState;
  guest: Guest;
  channel: Channel;
  line: Line;
}): readonly Finding[] {
  const subject = lineKey({ guestId: guest.id, channel });
  // Another address is another cause.
  const to = shortened(line.address);
  const staff = { subject, for: 'staff', deadline: null, effect: 'note', from: 0, alertAt: 0 } as const;
  const found: Finding[] = [];
  if (line.refused !== null) {
    const text = `The ${NAMES[channel]} to guest ${guest.id} failed for good (${line.refused}) and is not used again; correct the address in the PMS.`;
    found.push({ ...staff, subject: `${subject} ${to}`, code: `${channel}_refused`, text });
  }
  if (line.frozen) {
    const text = `The ${NAMES[channel]} address of guest ${guest.id} changed after the guest was told; use "resend" once you know that the change is the guest's own.`;
    found.push({ ...staff, subject: `${subject} ${to}`, code: 'contact_changed', text });
  }
  const setback = line.sending === null ? undefined : state.setbacks[line.sending.messageId];
  if (setback?.failure.type === 'UnitOccupied') return [...found, occupiedFinding({ subject, setback })];
  if (setback !== undefined) {
    const { type, code } = setback.failure;
    const isAlarming = type === 'Unauthorized' || (type === 'MessageLimit' && code === FIRST_OF_THE_HOUR);
    const text = `The ${NAMES[channel]} to guest ${guest.id} is not through yet: ${FAILURES[type].text}${setback.retryAt === null ? '' : `; the next try is at ${iso(setback.retryAt)}`}.`;
    found.push({ ...staff, code: `${channel}_delayed`, text, alertAt: isAlarming ? 0 : null });
  }
  return found;
}

/**
 * A guest with a grant whose every channel has failed for good: only a person can tell them now. Staff hears at once, so that there is time
 * for it; the stay is blocked from `attentionBefore` on, and never by a companion (rule 5).
 */
function silentGuests({ state, now }: { state: ReservationState; now: Instant }): readonly Finding[] {
  const { startsAt } = stayWindow(state);
  return entitledGuests(state)
    .filter((guest) => isBeyondReach({ state, guest }) && !isInTheKnow({ state, guest, now }))
    .map((guest) => {
      const text = `No channel reaches guest ${guest.id}; tell the guest in person, then use "told".`;
      const effect = isCompanion({ state, guest }) ? 'note' : 'block';
      const from = attentionAt({ state, startsAt });
      return { code: 'guest_unreachable', subject: guest.id, text, for: 'staff', deadline: startsAt, effect, from, alertAt: 0 };
    });
}

/** The guest holds the present truth; while there is none to tell, what was told last. */
function isInTheKnow({ state, guest, now }: { state: ReservationState; guest: Guest; now: Instant }): boolean {
  const truth = truthFor({ state, guestId: guest.id, now });
  const guestId = guest.id;
  return truth.kind === 'facts' ? hasBeenTold({ state, guestId, facts: truth.facts }) : holdsFacts({ state, guestId });
}

function waiting({ state, now }: { state: ReservationState; now: Instant }): readonly Finding[] {
  return planDeliveries({ state, now })
    .filter((delivery) => delivery.dueAt > now && delivery.kind !== 'access_pending' && !delivery.isOverLimit)
    .map(({ guest, channel, dueAt }) => {
      const text = `The ${NAMES[channel]} to guest ${guest.id} is scheduled for ${iso(dueAt)}.`;
      return note({ code: 'message_scheduled', subject: lineKey({ guestId: guest.id, channel }), text, deadline: dueAt });
    });
}

/** One alert a day at most, whatever the number of messages: too many of them is what it is about. */
function overLimit({ state, now }: { state: ReservationState; now: Instant }): readonly Finding[] {
  const put = planDeliveries({ state, now }).filter((delivery) => delivery.isOverLimit);
  if (put.length === 0) return [];
  const dueAt = Math.min(...put.map((delivery) => delivery.dueAt));
  const whom = put.map(({ guest, channel }) => `${guest.id} by ${NAMES[channel]}`).join(', ');
  const text = `This stay has sent ${MESSAGES_PER_DAY} messages on a channel within a day, which is the limit: guest ${whom} hears nothing more before ${iso(dueAt)}. Use "resend" to tell them now.`;
  const isInTheDark = put.some((delivery) => !isReachedOtherwise({ state, delivery }));
  const day = iso(dueAt).slice(0, 10);
  return [
    {
      code: 'message_limit',
      subject: day,
      text,
      for: 'staff',
      deadline: dueAt,
      effect: isInTheDark ? 'block' : 'note',
      from: 0,
      alertAt: 0,
    },
  ];
}

/** Told, or being told, by another channel. */
function isReachedOtherwise({ state, delivery: { guest, channel, facts } }: { state: ReservationState; delivery: Delivery }): boolean {
  if (facts === null || hasBeenTold({ state, guestId: guest.id, facts })) return true;
  const others = state.property.messages.channels.filter((other) => other !== channel);
  return others.some((other) => Boolean(state.lines[lineKey({ guestId: guest.id, channel: other })]?.sending));
}
