/** Takes in what the configuration says now, from whoever follows it: running stays move with it. */
import type { ConfigurationFact } from '../messages.ts';
import { keepingAccess, released, underProperty } from './adopt-property.ts';
import { type Property, UNCONFIGURED } from './property.ts';
import type { Instant } from './reservation.ts';
import type { ReservationState } from './state.ts';
import { record } from './timeline.ts';

export function applyConfiguration({
  state,
  fact,
  now,
}: {
  state: ReservationState;
  fact: ConfigurationFact;
  now: Instant;
}): ReservationState {
  const before = state.property;
  // Said of the house in which the booking was before the PMS moved it.
  if (fact.propertyId !== state.reservation.propertyId) return state;
  const { property: told, unitIds } = fact;
  const property = told === null ? { ...before, units: {}, revision: UNCONFIGURED } : withOtherUnits({ before, told, unitIds });
  const next = underProperty({ state, property, now });
  const adopted = fact.mayRevoke ? released(next) : keepingAccess({ next, before, now });
  if (JSON.stringify(adopted) === JSON.stringify(state)) return state;
  const detail = adopted.heldBack === undefined ? '' : 'access that it would end is kept';
  return record({ state: adopted, entry: { at: now, what: 'configuration_changed', actor: 'engine', by: null, detail } });
}

/** Units that were not looked up, because the PMS has named them since, stay as the PMS's word brought them. */
function withOtherUnits({ before, told, unitIds }: { before: Property; told: Property; unitIds: readonly string[] }): Property {
  const others = Object.entries(before.units).filter(([unitId]) => !unitIds.includes(unitId));
  return { ...told, units: { ...Object.fromEntries(others), ...told.units } };
}
