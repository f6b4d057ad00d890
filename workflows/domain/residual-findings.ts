/** Who can still open a unit that is theirs no more: what this stay leaves behind, and what its guest will find (rules 4 and 9). */
import type { Access } from './access.ts';
import { whose } from './access-findings.ts';
import { isExpected } from './access-window.ts';
import type { Finding } from './finding.ts';
import { type Instant, iso } from './reservation.ts';
import { isLeftOpen, isResidual } from './residual.ts';
import type { ReservationState } from './state.ts';
import { lateFrom, wantedAccess } from './truth.ts';

interface Of {
  readonly state: ReservationState;
  readonly now: Instant;
}

const STAFF_HEARS = { for: 'staff', effect: 'note', from: 0, alertAt: 0 } as const;

export const residualFindings = (of: Of): readonly Finding[] => [...leftBehind(of), ...leftOpen(of), ...foundThere(of)];

function leftBehind({ state, now }: Of): readonly Finding[] {
  return state.accesses
    .filter((access) => isResidual({ access, now }))
    .map((access) => {
      const { unitId, grantKey, residualUntil } = access;
      const text = `Unit ${unitId} can still be opened until ${iso(residualUntil ?? now)} by ${keysOf(access)}, although the access was taken back in Seam: no lock hears of it before that.`;
      return { ...STAFF_HEARS, code: 'access_remains', subject: grantKey, text, deadline: residualUntil };
    });
}

/** Moved elsewhere, and not told of it: make-before-break keeps the old unit open, which may be another guest's by now. */
function leftOpen({ state, now }: Of): readonly Finding[] {
  return state.accesses
    .filter((access) => access.ending === null && isExpected(state.reservation) && isLeftOpen({ state, access, now }))
    .map((access) => {
      const { unitId, grantKey, asked } = access;
      const text = `Unit ${unitId} can still be opened until ${iso(asked.endsAt)} with the access to ${whose(access)}, although the booking has another one: it ends once the new access is issued and the guest told of it. Tell the guest in person, then use "told".`;
      const alertAt = lateFrom({ state, startsAt: asked.startsAt });
      return { ...STAFF_HEARS, code: 'old_unit_open', subject: grantKey, text, deadline: asked.endsAt, alertAt };
    });
}

/** A grant that somebody deleted in Seam was read without its methods. */
function keysOf({ reading }: Access): string {
  const modes = new Set(reading?.methods.flatMap(({ mode, outlivesRevocation }) => (outlivesRevocation ? [mode] : [])));
  const keys = [...(modes.has('card') ? ['a card (ask for it back)'] : []), ...(modes.has('code') ? ['the code of an offline lock'] : [])];
  return keys.length === 0 ? 'a card or the code of an offline lock' : keys.join(' and ');
}

function foundThere({ state, now }: Of): readonly Finding[] {
  const residues = state.residues?.filter(({ until }) => until > now) ?? [];
  return residues.flatMap(({ key, unitIds, until }) => {
    const desired = wantedAccess({ state, now }).find(({ unitId, window }) => unitIds.includes(unitId) && window.startsAt < until);
    if (desired === undefined) return [];
    const text = `Unit ${desired.unitId} can also be opened until ${iso(until)} by the guest of ${key}, who has it no more; that reservation says why.`;
    return [{ ...STAFF_HEARS, code: 'residual_access', subject: key, text, deadline: desired.window.startsAt }];
  });
}
