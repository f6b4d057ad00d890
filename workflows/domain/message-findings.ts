/** Why a message waits, was not sent, or needs a person. */

import { occupiedFinding } from './access-findings.ts';
import { entitledGuests, isReachable } from './access-plan.ts';
import { addressOf, planDeliveries } from './delivery-plan.ts';
import { FAILURES } from './failure-types.ts';
import { type Finding, note } from './finding.ts';
import type { Channel } from './property.ts';
import { type Guest, type Instant, iso } from './reservation.ts';
import { type Line, lineKey, type ReservationState } from './state.ts';

const NAMES: Record<Channel, string> = { email: 'e-mail', sms: 'SMS' };

export function messageFindings({ state, now }: { state: ReservationState; now: Instant }): readonly Finding[] {
  const lines = state.reservation.guests.flatMap((guest) =>
    state.property.messages.channels.flatMap((channel) => {
      const line = state.lines[lineKey({ guestId: guest.id, channel })];
      return line === undefined ? [] : lineFindings({ state, guest, channel, line });
    }),
  );
  return [...lines, ...silentGuests(state), ...waiting({ state, now })];
}

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
  const staff = { subject, for: 'staff', deadline: null, effect: 'note', from: 0, alertAt: 0 } as const;
  const found: Finding[] = [];
  if (line.refused !== null) {
    const text = `The ${NAMES[channel]} to guest ${guest.id} failed for good (${line.refused}) and is not used again; correct the address in the PMS.`;
    found.push({ ...staff, code: `${channel}_refused`, text });
  }
  if (line.frozen) {
    const text = `The ${NAMES[channel]} address of guest ${guest.id} changed after the guest was told; use "resend" once you know that the change is the guest's own.`;
    found.push({ ...staff, code: 'contact_changed', text });
  }
  const setback = line.sending === null ? undefined : state.setbacks[line.sending.messageId];
  if (setback?.failure.type === 'UnitOccupied') return [...found, occupiedFinding({ subject, setback })];
  if (setback !== undefined) {
    const isOurs = setback.failure.type === 'Unauthorized';
    const text = `The ${NAMES[channel]} to guest ${guest.id} is not through yet: ${FAILURES[setback.failure.type].text}${setback.retryAt === null ? '' : `; the next try is at ${iso(setback.retryAt)}`}.`;
    found.push({ ...staff, code: `${channel}_delayed`, text, alertAt: isOurs ? 0 : null });
  }
  return found;
}

/** A guest with a grant whose every channel has failed for good: only a person can tell them now. */
function silentGuests(state: ReservationState): readonly Finding[] {
  return entitledGuests(state)
    .filter((guest) => isReachable(guest))
    .filter((guest) => state.property.messages.channels.every((channel) => isDead({ state, guest, channel })))
    .map((guest) => {
      const text = `No channel reaches guest ${guest.id} any more; tell the guest in person.`;
      return { code: 'guest_unreachable', subject: guest.id, text, for: 'staff', deadline: null, effect: 'block', from: 0, alertAt: 0 };
    });
}

function isDead({ state, guest, channel }: { state: ReservationState; guest: Guest; channel: Channel }): boolean {
  if (addressOf({ guest, channel }) === null) return true;
  const line = state.lines[lineKey({ guestId: guest.id, channel })];
  return line !== undefined && line.refused !== null;
}

function waiting({ state, now }: { state: ReservationState; now: Instant }): readonly Finding[] {
  return planDeliveries({ state, now })
    .filter((delivery) => delivery.dueAt > now && delivery.kind !== 'access_pending')
    .map(({ guest, channel, dueAt }) => {
      const text = `The ${NAMES[channel]} to guest ${guest.id} is scheduled for ${iso(dueAt)}.`;
      return note({ code: 'message_scheduled', subject: lineKey({ guestId: guest.id, channel }), text, deadline: dueAt });
    });
}
