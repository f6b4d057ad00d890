/** Holds what a property wants beyond its doors against the workspace: encoders for its cards, its time zone, its access system. */
import type { Configuration, PropertySettings } from '../../../config/configuration.ts';
import { provisionOf } from '../../../workflows/domain/property.ts';
import type { HouseProblem } from './door-check.ts';
import type { DoorOfHouse, Estate } from './estate.ts';

interface Of {
  readonly property: PropertySettings;
  readonly estate: Estate;
}

export const propertyProblems = ({ configuration, estate }: { configuration: Configuration; estate: Estate }): readonly HouseProblem[] =>
  [...configuration.properties.values()].flatMap((property) => [
    ...encoderProblems({ property, estate }),
    ...zoneProblems({ property, estate }),
    ...systemProblems({ property, estate }),
  ]);

/** Those that it names, and those of the spaces that it names. */
function doorsOf({ property: { units, common }, estate }: Of): readonly DoorOfHouse[] {
  const sets = [...[...units.values()].map((unit) => unit.doors), common];
  const ids = new Set(sets.flatMap(({ entrances, devices }) => [...entrances, ...devices]));
  const keys = new Set(sets.flatMap(({ spaceKeys }) => spaceKeys));
  const named = estate.spaces.filter((space) => space.key !== null && keys.has(space.key)).map((space) => space.id);
  const spaces = new Set([...sets.flatMap((set) => set.spaces), ...named]);
  return estate.doors.filter((door) => ids.has(door.id) || door.spaceIds.some((id) => spaces.has(id)));
}

/** Whose cards are written by an encoder (Seam's `external_type`); the others assign cards that exist already. */
const ENCODED = new Set([
  'visionline_system',
  'assa_abloy_vostio',
  'salto_space_system',
  'dormakaba_ambiance_site',
  'dormakaba_community_site',
  'hotek_site',
]);

function encoderProblems({ property, estate }: Of): readonly HouseProblem[] {
  const usesCards = [property.access.modes, ...[...property.units.values()].map((unit) => unit.modes ?? [])].some((modes) =>
    modes.includes('card'),
  );
  if (!usesCards) return [];
  const systemIds = new Set(doorsOf({ property, estate }).flatMap((door) => door.systemId ?? []));
  return estate.systems
    .filter(({ id, type }) => systemIds.has(id) && ENCODED.has(type) && !estate.encoders.some((encoder) => encoder.systemId === id))
    .map(({ name, id }) => ({
      where: property.id,
      what: `cards are asked for, and access system ${name} (${id}) has no encoder: connect one in the system, or nobody can make a card`,
    }));
}

function zoneProblems({ property, estate }: Of): readonly HouseProblem[] {
  const zones = new Map<string, DoorOfHouse[]>();
  for (const door of doorsOf({ property, estate }))
    if (door.timeZone !== null && !isSameTime(door.timeZone, property.timeZone))
      zones.set(door.timeZone, [...(zones.get(door.timeZone) ?? []), door]);
  return [...zones].map(([zone, doors]) => ({
    where: property.id,
    what: `${doors.map((door) => door.name).join(', ')} ${doors.length === 1 ? 'keeps' : 'keep'} ${zone}, and the property ${property.timeZone}: access would begin and end at other hours`,
  }));
}

/** Two names of a zone are one where their clocks agree in winter and in summer. */
function isSameTime(zone: string, other: string): boolean {
  try {
    const year = new Date().getUTCFullYear();
    return [0, 3, 6, 9].every(
      (month) => hourIn({ zone, at: Date.UTC(year, month, 15) }) === hourIn({ zone: other, at: Date.UTC(year, month, 15) }),
    );
  } catch {
    return false;
  }
}

const hourIn = ({ zone, at }: { readonly zone: string; readonly at: number }): string =>
  new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone: zone }).format(at);

/** For provider `acs`: the system, and that it has the entrances. */
function systemProblems({ property, estate }: Of): readonly HouseProblem[] {
  const { acs, provider } = provisionOf(property.access);
  if (provider !== 'acs' || acs === null) return [];
  const missing = [acs.systemId, ...(acs.credentialManagerSystemId === null ? [] : [acs.credentialManagerSystemId])].filter(
    (id) => !estate.systems.some((system) => system.id === id),
  );
  const elsewhere = doorsOf({ property, estate }).filter((door) => door.kind === 'entrance' && door.systemId !== acs.systemId);
  return [
    ...missing.map((id) => ({ where: property.id, what: `access system ${id} is not in this Seam workspace` })),
    ...elsewhere.map(({ id, name }) => ({
      where: property.id,
      what: `entrance ${name} (${id}) belongs to another access system than acs.systemId`,
    })),
  ];
}
