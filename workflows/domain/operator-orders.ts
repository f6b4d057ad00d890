/** What operators may order, and what then stands (rule 18): the refusals of the update's validator, and how an order changes the state. */
import { stayWindow } from './access-window.ts';
import { type Finding, note } from './finding.ts';
import type { Instant } from './reservation.ts';
import type { ReservationState } from './state.ts';
import type { Action } from '../messages.ts';

/** Why an order cannot be taken now, in words for the operator; null when it can. */
export function refusalOf({ state, action, now }: { state: ReservationState; action: Action; now: Instant }): string | null {
  if (state.ledger.actions.some((done) => done.key === action.idempotencyKey)) return null;
  if (action.action !== 'resend') return null;
  const over = stayWindow(state).endsAt <= now || state.operator.revokedAt !== null;
  if (over) return 'Access has ended, so there is nothing to send again.';
  return state.accesses.some((access) => access.ending === null)
    ? null
    : 'No access has been made yet; the guest is told as soon as there is one.';
}

/** The state under the order; whatever follows is decided from it. */
export function obey({ state, action, now }: { state: ReservationState; action: Action; now: Instant }): ReservationState {
  switch (action.action) {
    case 'resend':
      return { ...state, lines: mapLines(state, (line) => ({ ...line, resend: true, frozen: false })) };
    case 'revoke':
      return { ...state, operator: { ...state.operator, revokedAt: state.operator.revokedAt ?? now } };
    case 'retry':
      return {
        ...state,
        setbacks: {},
        accesses: state.accesses.map((access) =>
          access.absenceVerifiedAt === null ? { ...access, stale: access.accessGrantId !== null } : access,
        ),
      };
  }
}

function mapLines(
  state: ReservationState,
  change: (line: ReservationState['lines'][string]) => ReservationState['lines'][string],
): ReservationState['lines'] {
  return Object.fromEntries(Object.entries(state.lines).map(([key, line]) => [key, change(line)]));
}

export function orderFindings(state: ReservationState): readonly Finding[] {
  if (state.operator.revokedAt === null) return [];
  return [note({ code: 'revoked', subject: 'stay', text: 'An operator took the access back; it stays so, whatever the PMS sends.' })];
}
