/** Staff hears of each cause once (rule 13): once each time that it comes. What was mended by a word of the PMS or an operator may come again. */
import { isOver } from './access-window.ts';
import type { Event } from './event.ts';
import { causeOf, type Finding } from './finding.ts';
import { mendable } from './findings.ts';
import type { Instant } from './reservation.ts';
import type { ReservationState } from './state.ts';
import { stayFindings } from './stay-findings.ts';

interface Word {
  readonly before: ReservationState;
  readonly after: ReservationState;
  readonly event: Event;
  readonly now: Instant;
}

/**
 * The state without the alerts of what this word has mended. Only what was so just before it and is not just after it counts: what comes
 * and goes by itself, as a lock does that is on and off line, is the same cause each time, and so is the end of a day's messages.
 */
export function forgetMended({ before, after, event, now }: Word): ReservationState {
  const isWord = event.kind === 'reservation' || event.kind === 'property' || event.kind === 'action';
  if (!isWord || before.alerted.length === 0) return after;
  // Of a stay that is over nothing is said of the booking, which a word changes all the same: a unit may come and go before it is reinstated.
  const ofBooking = (state: ReservationState): readonly Finding[] => (isOver({ state: before, now }) ? stayFindings({ state, now }) : []);
  const causesIn = (state: ReservationState): readonly string[] => [...mendable({ state, now }), ...ofBooking(state)].map(causeOf);
  const stands = new Set(causesIn(after));
  const mended = new Set(causesIn(before).filter((cause) => !stands.has(cause)));
  if (mended.size === 0) return after;
  return { ...after, alerted: after.alerted.filter((alert) => !mended.has(alert.slice(alert.indexOf(' ') + 1))) };
}
