/**
 * What is left when Seam holds nothing any more (rule 9): an encoded card, a code that an offline lock keeps. No read shows it gone; it
 * ends by itself with the window that it was last issued with, and keeps nothing waiting until then but the end of the stay.
 */
import type { Access, AccessReading } from './access.ts';
import { isGone } from './access-plan.ts';
import type { Residue } from './occupancy.ts';
import type { Instant } from './reservation.ts';
import type { ReservationState } from './state.ts';

/** After one more reading. New times for a card do not reach it before it is issued again, so the old end stands until then. */
export function residualEnd({ access, reading }: { access: Access; reading: AccessReading }): Instant | null {
  const isIssued = reading.methods.some((method) => method.outlivesRevocation);
  return isIssued && reading.window !== null ? reading.window.endsAt : access.residualUntil;
}

/** Seam holds nothing of it any more. */
export function readBack({ access, now }: { access: Access; now: Instant }): Access {
  const isLeft = access.residualUntil !== null && access.residualUntil > now;
  return { ...access, stale: false, readBackAt: now, residualUntil: isLeft ? access.residualUntil : null };
}

export const isResidual = ({ access, now }: { access: Access; now: Instant }): boolean =>
  isGone(access) && access.residualUntil !== null && now < access.residualUntil;

/** When it was proven that nothing is left, or null: not yet, or what was left only ended by itself. */
export const absenceVerifiedAt = (access: Access): Instant | null => (access.residualUntil === null ? access.readBackAt : null);

/** The units that can still be opened, and until when at most; null: none. */
export function residueOf({ state, now }: { state: ReservationState; now: Instant }): Omit<Residue, 'key'> | null {
  const left = state.accesses.filter((access) => isResidual({ access, now }));
  if (left.length === 0) return null;
  return {
    unitIds: [...new Set(left.map((access) => access.unitId))],
    until: Math.max(...left.map((access) => access.residualUntil ?? 0)),
  };
}

/** What was found out about other stays; of each the last word counts. */
export function withResidues({ state, residues }: { state: ReservationState; residues: readonly Residue[] | undefined }): ReservationState {
  if (residues === undefined) return state;
  const others = state.residues?.filter(({ key }) => residues.every((residue) => residue.key !== key)) ?? [];
  return { ...state, residues: [...others, ...residues] };
}
