/**
 * Takes in what the configuration says now. A configuration never takes living access away by itself, for one bad file would lock out a
 * whole house: what would do so is held back, stay by stay, until the brake or an operator lets it through.
 */
import { planGrants } from './access-commands.ts';
import { planAccess } from './access-plan.ts';
import { unmetConditions } from './access-window.ts';
import type { Property, UnitPolicy } from './property.ts';
import type { Instant } from './reservation.ts';
import type { ReservationState } from './state.ts';

type Units = Readonly<Record<string, UnitPolicy>>;

/** The same booking under another configuration. */
export function underProperty({ state, property, now }: { state: ReservationState; property: Property; now: Instant }): ReservationState {
  const isUnmet = unmetConditions({ reservation: state.reservation, property, operator: state.operator }).length > 0;
  return { ...state, property, unmetSince: isUnmet ? (state.unmetSince ?? now) : null };
}

export const released = ({ heldBack: _gone, ...state }: ReservationState): ReservationState => state;

/**
 * `next` stands under a new configuration already, `before` is the one until now. The answer keeps of `before` what `next` needs so that
 * no access ends now which the booking itself does not end: units that are gone or lost their doors, and if that is not enough, times and
 * policies. A window that merely moves is no such end, nor is the replacement of a grant by one with other doors.
 */
export function keepingAccess({ next, before, now }: { next: ReservationState; before: Property; now: Instant }): ReservationState {
  const free = released(next);
  const inUse = unitsInUse(free);
  // Another house is what the PMS asks for.
  if (before.id !== next.property.id || inUse === null) return free;
  const known = { ...before, units: { ...inUse, ...before.units } };
  const under = (property: Property): ReservationState => underProperty({ state: free, property, now });
  const endsAnyway = new Set(ended({ state: under(known), now }));
  const takesNothing = (state: ReservationState): boolean => ended({ state, now }).every((grantKey) => endsAnyway.has(grantKey));
  if (takesNothing(free)) return free;
  const units = keptUnits({ state: free, inUse, known });
  const withUnits = under({ ...next.property, units: { ...next.property.units, ...units } });
  if (takesNothing(withUnits)) return { ...withUnits, heldBack: { units: Object.keys(units), policy: false } };
  const { access, checkIn, checkOut } = known;
  // The newer table of the same zone reaches further.
  const zone = known.zone.name === next.property.zone.name ? next.property.zone : known.zone;
  return {
    ...under({ ...withUnits.property, access, checkIn, checkOut, zone }),
    heldBack: { units: Object.keys(units), policy: true },
  };
}

/** The grants that go now, but for those that others replace. */
const ended = (of: { state: ReservationState; now: Instant }): readonly string[] =>
  planGrants(of).flatMap((command) => (command.kind === 'revoke' && command.why !== 'replaced' ? [command.grantKey] : []));

/** The units of living access with the doors that it opens, for a snapshot holds only what the booking named then; null without any. */
function unitsInUse({ accesses }: ReservationState): Units | null {
  const living = accesses.filter((access) => access.ending === null);
  return living.length === 0
    ? null
    : Object.fromEntries(living.map(({ unitId, doors, modes, cards = 1 }) => [unitId, { doors, modes, cards }]));
}

/** Units that the new configuration does not have, or not with doors, as they were known. */
function keptUnits({ state, inUse, known }: { state: ReservationState; inUse: Units; known: Property }): Units {
  const lost = planAccess(state).problems.flatMap(({ unitId }) => unitId ?? []);
  const kept = [...new Set(lost)].flatMap((unitId): [string, UnitPolicy][] => {
    const unit = Object.hasOwn(inUse, unitId) ? known.units[unitId] : undefined;
    return unit === undefined ? [] : [[unitId, unit]];
  });
  return Object.fromEntries(kept);
}
