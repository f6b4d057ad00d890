/**
 * What is left when Seam holds nothing any more (rule 9): an encoded card, a code that an offline lock keeps. No read shows it gone; it
 * ends by itself with the window that it was last issued with, and keeps nothing waiting until then but the end of the stay. And grants
 * of units that are the guest's no more: others hear of both, and are not kept out.
 */
import type { Access, AccessReading } from './access.ts';
import { isGone } from './access-plan.ts';
import type { Residue } from './occupancy.ts';
import { SWAP_ALLOWANCE } from './pace.ts';
import type { Instant } from './reservation.ts';
import type { ReservationState } from './state.ts';
import type { UnitWindow } from './unit-window.ts';

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

/**
 * Since when a grant opens a unit that its guest has no right to any more: it is being taken back, or waits until the guest who was moved
 * elsewhere is told. null: the unit is the guest's, or Seam holds nothing.
 */
export function leftSince({ state, access }: { state: ReservationState; access: Access }): Instant | null {
  const { reservation, statusSince, dueSince } = state;
  if (isGone(access)) return null;
  if (access.ending !== null) return access.ending.since;
  if (reservation.status === 'cancelled') return statusSince;
  return reservation.rooms.some(({ unitId }) => unitId === access.unitId) ? null : dueSince;
}

/** Two stays that swap their units pass through it, so it counts only where it lasts. */
export function isLeftOpen({ state, access, now }: { state: ReservationState; access: Access; now: Instant }): boolean {
  const since = leftSince({ state, access });
  return since !== null && since + SWAP_ALLOWANCE <= now && now < access.asked.endsAt;
}

/** The units that somebody can open who has them no more, each for as long as that may be. */
export const residueOf = ({ state, now }: { state: ReservationState; now: Instant }): readonly UnitWindow[] =>
  state.accesses
    .filter((access) => isResidual({ access, now }) || isLeftOpen({ state, access, now }))
    .map((access) => {
      const { unitId, asked, residualUntil } = access;
      const endsAt = Math.max(isGone(access) ? 0 : asked.endsAt, residualUntil ?? 0);
      return { unitId, window: { startsAt: asked.startsAt, endsAt } };
    });

/** What was found out about other stays; of each the last word counts. */
export function withResidues({ state, residues }: { state: ReservationState; residues: readonly Residue[] | undefined }): ReservationState {
  if (residues === undefined) return state;
  const others = state.residues?.filter(({ key }) => residues.every((residue) => residue.key !== key)) ?? [];
  return { ...state, residues: [...others, ...residues] };
}
