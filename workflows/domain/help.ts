/** A guest at the door says that it does not work: staff hears of it, once an hour for each guest. */
import type { HelpRequest } from '../messages.ts';
import type { Finding } from './finding.ts';
import { HELP_AGAIN_AFTER, HELP_SHOWN } from './pace.ts';
import { type Instant, iso } from './reservation.ts';
import type { ReservationState } from './state.ts';
import { record } from './timeline.ts';

export function askForHelp({ state, request, now }: { state: ReservationState; request: HelpRequest; now: Instant }): ReservationState {
  const { guestId } = request;
  const askedAt = state.helpAskedAt?.[guestId];
  const isKnown = state.reservation.guests.some((guest) => guest.id === guestId);
  if (!isKnown || (askedAt !== undefined && now < askedAt + HELP_AGAIN_AFTER)) return state;
  return record({
    state: { ...state, helpAskedAt: { ...state.helpAskedAt, [guestId]: now } },
    entry: { at: now, what: 'asked_for_help', actor: 'guest', by: guestId, detail: 'on the page' },
  });
}

/** Each time is a cause of its own: staff may have forgotten the first. */
export function helpFindings({ state, now }: { state: ReservationState; now: Instant }): readonly Finding[] {
  return Object.entries(state.helpAskedAt ?? {})
    .filter(([, askedAt]) => now < askedAt + HELP_SHOWN)
    .map(([guestId, askedAt]) => {
      const guest = state.reservation.guests.find(({ id }) => id === guestId);
      const units = state.reservation.rooms.filter(({ id }) => guest?.roomIds.includes(id)).flatMap(({ unitId }) => unitId ?? []);
      const where = units.length === 0 ? '' : ` (unit ${units.join(', ')})`;
      const text = `Guest ${guestId}${where} said at ${iso(askedAt)} that the key does not work; call the guest, or go and open.`;
      const subject = `${guestId} ${askedAt}`;
      return { code: 'guest_needs_help', subject, text, for: 'staff', deadline: null, effect: 'note', from: askedAt, alertAt: askedAt };
    });
}
