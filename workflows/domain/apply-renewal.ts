/** A guest has another Instant Key: all rooms of the guest open by its page. */
import type { Access } from './access.ts';
import type { Outcome } from './event.ts';
import { closeRequest } from './key-requests.ts';
import type { Instant } from './reservation.ts';
import type { ReservationState } from './state.ts';
import { record } from './timeline.ts';

/** Which it is, is read. */
export function applyRenewal({
  state,
  outcome: { guestId, isNew },
  now,
}: {
  state: ReservationState;
  outcome: Extract<Outcome, { kind: 'keyRenewed' }>;
  now: Instant;
}): ReservationState {
  const renewed = (access: Access): Access =>
    access.guestId === guestId && access.modes.includes('mobile_key') && access.reading !== null
      ? { ...access, stale: true, rereadDue: true, ...(isNew ? { renewedAt: now } : {}) }
      : access;
  const read = closeRequest({ state: { ...state, accesses: state.accesses.map(renewed) }, guestId });
  return isNew ? record({ state: read, entry: { at: now, what: 'key_renewed', actor: 'engine', by: null, detail: '' } }) : read;
}
