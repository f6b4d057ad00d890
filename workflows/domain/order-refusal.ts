/** Why an order cannot be taken now, in words for the operator (rule 18): what the update's validator answers. */
import type { Action, Order } from '../messages.ts';
import { isEndedByStatus, roomWindow, stayWindow, withholding } from './access-window.ts';
import { errandOf } from './errand-order.ts';
import { isInEffect } from './finding.ts';
import { findings } from './findings.ts';
import { orderDigest } from './ids.ts';
import { waitsForDesk } from './issuance.ts';
import { keyRefusal } from './key-requests.ts';
import { resolveTime } from './local-time.ts';
import { mobileKeyOf } from './mobile-session.ts';
import { type OfMethod, orderedMethod } from './ordered-method.ts';
import { readinessOf } from './readiness.ts';
import { type Instant, iso } from './reservation.ts';
import type { ReservationState } from './state.ts';
import { truthFor } from './truth.ts';

interface Given {
  readonly state: ReservationState;
  readonly now: Instant;
}

/** null: it can be taken. An order that was taken before under the same key always can: it changes nothing. */
export function refusalOf({ state, action, now }: Given & { action: Action }): string | null {
  const taken = state.ledger.actions.find((done) => done.key === action.idempotencyKey);
  if (taken !== undefined)
    return taken.order === orderDigest(action) ? null : 'This Idempotency-Key was used for another order; use a new one.';
  const window = stayWindow(state);
  if (action.action === 'acknowledge') return acknowledgeRefusal({ state, now, code: action.code });
  if (action.action === 'erase') return eraseRefusal({ state, now });
  const isLeft = action.action === 'retry' && readinessOf({ state, now }) === 'closing';
  if (action.action !== 'change-departure' && window.endsAt <= now && !isLeft)
    return `The stay ended at ${iso(window.endsAt)}; nothing is left to do.`;
  switch (action.action) {
    case 'resend':
      return resendRefusal(state);
    case 'release':
      return releaseRefusal({ state, order: action });
    case 'change-departure':
      return departureRefusal({
        state,
        departure: resolveTime({ text: action.departure, property: state.property, end: 'departure' }),
        now,
      });
    case 'reissue':
      return reissueRefusal({ state, accessMethodId: action.accessMethodId });
    case 'reveal':
      return revealRefusal({ state, accessMethodId: action.accessMethodId });
    case 'unlock':
    case 'encode-card':
    case 'assign-card': {
      const errand = errandOf({ state, action, now });
      return typeof errand === 'string' ? errand : null;
    }
    case 'mobile-session':
      return sessionRefusal({ state, guestId: action.guestId });
    case 'renew-key':
      return keyRefusal({ state, guestId: action.guestId, now });
    case 'told':
      return toldRefusal({ state, guestId: action.guestId, now });
    case 'hold':
    case 'revoke':
    case 'retry':
      return null;
  }
}

function resendRefusal(state: ReservationState): string | null {
  if (state.operator.revokedAt !== null) return 'An operator took the access back, so there is nothing to send again.';
  return state.accesses.some((access) => access.ending === null)
    ? null
    : 'No access has been made yet; the guest is told as soon as there is one.';
}

function releaseRefusal({ state, order }: { state: ReservationState; order: Extract<Order, { action: 'release' }> }): string | null {
  const { isHeld, revokedAt } = state.operator;
  const unknown = order.waive.filter((condition) => !state.property.access.requires.includes(condition));
  if (unknown.length > 0) return `The property does not require ${unknown.join(', ')}, so it cannot be waived.`;
  return isHeld || revokedAt !== null || order.waive.length > 0
    ? null
    : 'Nothing holds this stay and nobody revoked it, so there is nothing to release.';
}

function departureRefusal({ state, departure, now }: Given & { departure: Instant }): string | null {
  const { status } = state.reservation;
  if (isEndedByStatus(state)) return `The booking is ${status}, which ends the access whatever the departure is; correct it in the PMS.`;
  const startsAt = Math.max(...state.reservation.rooms.map((room) => roomWindow({ state, room }).startsAt), stayWindow(state).startsAt);
  if (departure <= startsAt) return `The departure must be after the access starts, at ${iso(startsAt)}.`;
  return departure <= now ? 'The departure must be in the future; to end access now use "revoke".' : null;
}

function revealRefusal(of: OfMethod): string | null {
  const ordered = orderedMethod(of);
  if (typeof ordered === 'string') return ordered;
  return ordered.method.state === 'issued' ? null : 'This access method is not issued.';
}

/**
 * Another card also for one that the desk cannot make, which is what some errors of an encoding advise. The old key and the link to the
 * page go only for a new one: where none can be made, nothing is taken away and the operator is told.
 */
function reissueRefusal(of: OfMethod): string | null {
  const ordered = orderedMethod(of);
  if (typeof ordered === 'string') return ordered;
  const { method } = ordered;
  const isUnmade = waitsForDesk(method) || (method.mode === 'card' && method.state === 'failed');
  if (method.state !== 'issued' && !isUnmade) return 'This access method is not issued.';
  if (!withholding(of.state).new) return null;
  return 'Nothing new can be made now: an operator holds the stay, a condition is missing, or the guest is not expected. To replace this, "release" first; to end it now, "revoke".';
}

function sessionRefusal({ state, guestId }: { state: ReservationState; guestId: string }): string | null {
  if (!state.reservation.guests.some((guest) => guest.id === guestId)) return 'The booking has no such guest.';
  return mobileKeyOf({ state, guestId }) === null ? 'This guest has no mobile key that is issued now.' : null;
}

function toldRefusal({ state, guestId, now }: Given & { guestId: string }): string | null {
  if (!state.reservation.guests.some((guest) => guest.id === guestId)) return 'The booking has no such guest.';
  return truthFor({ state, guestId, now }).kind === 'facts' ? null : 'There is nothing proven to tell this guest yet.';
}

/** A stay is erased once nothing can bring it back but a newer word of the PMS; its last messages need not have arrived. */
function eraseRefusal({ state, now }: Given): string | null {
  const { endsAt } = stayWindow(state);
  if (state.operator.revokedAt !== null && endsAt > now)
    return `An operator took the access back, and until ${iso(endsAt)} "release" brings it back; the stay can be erased after that.`;
  const readiness = readinessOf({ state, now });
  return readiness === 'closed' ? null : `The stay reads "${readiness}"; it can be erased once it reads "closed".`;
}

function acknowledgeRefusal({ state, now, code }: Given & { code: string }): string | null {
  const known = findings({ state, now }).filter(
    (finding) => finding.code === code && (finding.effect === 'note' || isInEffect({ finding, effect: finding.effect, now })),
  );
  return known.length > 0 ? null : 'The stay has no such reason now.';
}
