/** Everything that is to be said about a reservation now, from all sources. */
import { accessFindings } from './access-findings.ts';
import { isOver } from './access-window.ts';
import type { Finding } from './finding.ts';
import { messageFindings } from './message-findings.ts';
import { orderFindings } from './operator-orders.ts';
import type { Instant } from './reservation.ts';
import type { ReservationState } from './state.ts';
import { stayFindings } from './stay-findings.ts';

export function findings({ state, now }: { state: ReservationState; now: Instant }): readonly Finding[] {
  const booking = isOver({ state, now }) ? [] : stayFindings({ state, now });
  return [...orderFindings(state), ...booking, ...accessFindings({ state, now }), ...messageFindings({ state, now })];
}
