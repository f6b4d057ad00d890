/**
 * When an Instant Key is made anew without being asked (rule 7): Seam lets it live for a time of its own choosing, and one that is dead
 * before access starts lets nobody in. Once access has started, its guest or the desk asks for another.
 */
import type { Access } from './access.ts';
import type { Instant } from './reservation.ts';
import type { ReservationState } from './state.ts';

interface Of {
  readonly state: ReservationState;
  readonly access: Access;
  readonly startsAt: Instant;
}

/** The moment until which the link of an issued mobile key works, if that comes before access starts; else null. */
export function earlyExpiry({ access, startsAt }: Pick<Of, 'access' | 'startsAt'>): Instant | null {
  const expiries = (access.reading?.methods ?? []).flatMap(({ mode, state, expiresAt }) =>
    mode === 'mobile_key' && state === 'issued' && expiresAt !== null && expiresAt <= startsAt ? [expiresAt] : [],
  );
  return expiries.length === 0 ? null : Math.max(...expiries);
}

/**
 * The first time before the guest is told, so that there is one word; again, should that one be short-lived too, when one that lives as
 * long is alive at the start. null: it need not be.
 */
export function renewalDueAt({ state, access, startsAt }: Of): Instant | null {
  const expiresAt = earlyExpiry({ access, startsAt });
  if (expiresAt === null) return null;
  if (access.renewedAt === undefined) return startsAt - state.property.messages.revealBefore;
  return Math.max(expiresAt, startsAt - Math.floor((expiresAt - access.renewedAt) / 2));
}

/** Its present link is not worth telling: the next one is about to be made. */
export function isRenewing({ now, ...of }: Of & { readonly now: Instant }): boolean {
  const dueAt = renewalDueAt(of);
  return dueAt !== null && dueAt <= now;
}
