/** What code a grant is to have, by the property's policy. The digits are chosen where the grant is made: none of them is ever here. */
import { provisionOf } from './property.ts';
import type { Guest } from './reservation.ts';
import type { ReservationState } from './state.ts';

/** A wish, and no promise: what Seam really issued is always read back. */
export interface CodeWish {
  readonly by: 'random' | 'phone' | 'reservation';
  /** Digits, 4 to 9. */
  readonly length: number;
  /** For `phone`: E.164. */
  readonly phone: string | null;
  /** For `reservation`: equal texts are the same code. */
  readonly seed: string;
  /** For `reservation`: the id of the key that the stay's first code was derived with; null for the present one. */
  readonly keyId: string | null;
}

interface Asked {
  readonly state: ReservationState;
  readonly guest: Guest | undefined;
  readonly keyId: string | null;
}

/** null: Seam chooses. A code that leaked is not asked for again, nor is its successor left to chance: one identity may get one code twice. */
export function codeWishOf({ state, guest, keyId }: Asked): CodeWish | null {
  const { by, length } = provisionOf(state.property.access).codePolicy;
  const leaks = state.accesses.filter((access) => access.isLeaked).length;
  const rest = { length, phone: null, seed: `${state.key.workflowId} ${leaks}`, keyId };
  if (by === 'random' || by === 'reservation') return { ...rest, by };
  const hasLeaked = state.accesses.some((access) => access.isLeaked && access.guestId === guest?.id);
  if (hasLeaked) return { ...rest, by: 'random' };
  return by === 'phone' && guest !== undefined && guest.phone !== null ? { ...rest, by, phone: guest.phone } : null;
}
