/**
 * Another Instant Key because its guest asks (rule 7): the link has ended, was used up, or is on a lost phone. Seam counts the uses, so
 * the guest is taken at the word, but not without bounds. The timeline names the guest.
 */
import type { Access } from './access.ts';
import { withholding } from './access-window.ts';
import { KEY_REQUESTS } from './pace.ts';
import { type Instant, iso } from './reservation.ts';
import type { ReservationState } from './state.ts';

interface OfGuest {
  readonly state: ReservationState;
  readonly guestId: string;
}

/** A mobile key of which the guest has a link; what a low-level provider makes has none. */
export const hasLink = ({ reading, ending, isSuperseded }: Access): boolean =>
  ending === null &&
  !isSuperseded &&
  (reading?.methods ?? []).some(({ mode, state, fingerprint }) => mode === 'mobile_key' && state === 'issued' && fingerprint !== null);

/** From when on the guest may ask for another one; null: not at all. */
export function nextKeyFrom({ state, guestId }: OfGuest): Instant | null {
  const asked = state.keyRequests?.[guestId]?.askedAt ?? [];
  const isKeyed = state.accesses.some((access) => access.guestId === guestId && hasLink(access));
  if (!isKeyed || asked.length >= KEY_REQUESTS.most || withholding(state).new) return null;
  const last = asked.at(-1);
  return last === undefined ? 0 : last + KEY_REQUESTS.pause;
}

/** null: it can be asked for now. */
export function keyRefusal({ state, guestId, now }: OfGuest & { readonly now: Instant }): string | null {
  const from = nextKeyFrom({ state, guestId });
  if (from === null)
    return `No other Instant Key is made now: the guest has none that works, has had ${KEY_REQUESTS.most} others in this stay, or access is withheld. Use "reissue", or give the guest another key.`;
  return now < from ? `Another Instant Key was made a moment ago; the next one can be asked for at ${iso(from)}.` : null;
}

export function askForKey({ state, guestId, now }: OfGuest & { readonly now: Instant }): ReservationState {
  const askedAt = [...(state.keyRequests?.[guestId]?.askedAt ?? []), now];
  return { ...state, keyRequests: { ...state.keyRequests, [guestId]: { askedAt, isOpen: true } } };
}

/** When the guest asked for the one that is still to be made; null: there is none such. */
export function openRequest({ state, guestId }: OfGuest): Instant | null {
  const requests = state.keyRequests?.[guestId];
  return requests?.isOpen === true ? (requests.askedAt.at(-1) ?? null) : null;
}

export function closeRequest({ state, guestId }: OfGuest): ReservationState {
  const requests = state.keyRequests?.[guestId];
  if (requests === undefined || !requests.isOpen) return state;
  return { ...state, keyRequests: { ...state.keyRequests, [guestId]: { ...requests, isOpen: false } } };
}
