/** Holds the doors of the configuration against what Seam says of them. */
import type { Configuration } from '../../config/configuration.ts';
import type { SeamSettings } from '../../config/outside-services.ts';
import type { DoorSet, Mode } from '../../workflows/domain/property.ts';
import { type DoorAbilities, doorAbilities } from './door-abilities.ts';
import { Refused } from './failure.ts';

export interface DoorProblem {
  /** `harbour-house unit 101`. */
  readonly where: string;
  readonly what: string;
}

/** Doors of one unit, or the common ones of a property. */
interface Named {
  readonly where: string;
  readonly doors: DoorSet;
  readonly modes: readonly Mode[];
}

type Check = () => Promise<DoorProblem | null>;

/** Requests side by side: far from any rate limit, and a large house is done in seconds. */
const SIDE_BY_SIDE = 5;

/** @throws Refused where Seam cannot be asked */
export async function doorProblems({
  configuration,
  seam,
}: {
  configuration: Configuration;
  seam: SeamSettings;
}): Promise<readonly DoorProblem[]> {
  const abilities = doorAbilities(seam);
  const checks = namedDoors(configuration).flatMap((named) => checksOf({ abilities, named }));
  const found: (DoorProblem | null)[] = [];
  try {
    for (let at = 0; at < checks.length; at += SIDE_BY_SIDE)
      found.push(...(await Promise.all(checks.slice(at, at + SIDE_BY_SIDE).map((check) => check()))));
  } catch (error) {
    const why = error instanceof Error ? error.message : 'Seam was not reached';
    throw new Refused(`The configuration is valid, but the doors could not be looked up: ${why}.`);
  }
  return found.filter((problem) => problem !== null);
}

const namedDoors = ({ properties }: Configuration): readonly Named[] =>
  [...properties.values()].flatMap(({ id, units, common, access }) => [
    ...[...units].map(([unitId, unit]) => ({ where: `${id} unit ${unitId}`, doors: unit.doors, modes: unit.modes ?? access.modes })),
    { where: `${id} common`, doors: common, modes: access.modes },
  ]);

function checksOf({ abilities, named: { where, doors, modes } }: { abilities: DoorAbilities; named: Named }): readonly Check[] {
  const check =
    (door: string, able: () => Promise<ReadonlySet<Mode> | null>): Check =>
    async () => {
      const found = await able();
      const missing = found === null ? [] : modes.filter((mode) => !found.has(mode));
      if (found !== null && missing.length === 0) return null;
      return { where, what: found === null ? `${door} is not in this Seam workspace` : `${door} does not open by ${missing.join(', ')}` };
    };
  return [
    ...doors.entrances.map((id) => check(`entrance ${id}`, () => abilities.entrance(id))),
    ...doors.devices.map((id) => check(`device ${id}`, () => abilities.device(id))),
    ...doors.spaces.map((id) => check(`space ${id}`, () => abilities.space({ space_id: id }))),
    ...doors.spaceKeys.map((key) => check(`space key ${key}`, () => abilities.space({ space_key: key }))),
  ];
}
