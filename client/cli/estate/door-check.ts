/** Holds the doors of the configuration against what the workspace says of them. */
import type { Configuration } from '../../../config/configuration.ts';
import type { DoorSet, Mode } from '../../../workflows/domain/property.ts';
import type { DoorOfHouse, Estate } from './estate.ts';

export interface HouseProblem {
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

interface Of {
  readonly configuration: Configuration;
  readonly estate: Estate;
}

/** What is in a space changes with the house, so only that it is there counts: it opens by everything. */
export const doorProblems = ({ configuration, estate }: Of): readonly HouseProblem[] =>
  namedDoors(configuration).flatMap((named) => problemsOf({ named, estate }));

const namedDoors = ({ properties }: Configuration): readonly Named[] =>
  [...properties.values()].flatMap(({ id, units, common, access }) => [
    ...[...units].map(([unitId, unit]) => ({ where: `${id} unit ${unitId}`, doors: unit.doors, modes: unit.modes ?? access.modes })),
    { where: `${id} common`, doors: common, modes: access.modes },
  ]);

function problemsOf({
  named: { where, doors, modes },
  estate,
}: {
  readonly named: Named;
  readonly estate: Estate;
}): readonly HouseProblem[] {
  const door = (kind: DoorOfHouse['kind'], id: string): readonly HouseProblem[] => {
    const found = estate.doors.find((one) => one.kind === kind && one.id === id);
    if (found === undefined) return [missing(`${kind} ${id}`)];
    const unable = modes.filter((mode) => !found.opensBy.includes(mode));
    return unable.length === 0 ? [] : [{ where, what: `${kind} ${id} does not open by ${unable.join(', ')}` }];
  };
  const missing = (what: string): HouseProblem => ({ where, what: `${what} is not in this Seam workspace` });
  return [
    ...doors.entrances.flatMap((id) => door('entrance', id)),
    ...doors.devices.flatMap((id) => door('device', id)),
    ...doors.spaces.filter((id) => !estate.spaces.some((space) => space.id === id)).map((id) => missing(`space ${id}`)),
    ...doors.spaceKeys.filter((key) => !estate.spaces.some((space) => space.key === key)).map((key) => missing(`space key ${key}`)),
  ];
}
