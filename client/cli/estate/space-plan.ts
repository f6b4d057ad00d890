/** What has to be done so that Seam has a space per unit of the configuration, with exactly the unit's doors. */
import type { Configuration, PropertySettings } from '../../../config/configuration.ts';
import type { DoorSet } from '../../../workflows/domain/property.ts';
import type { DoorOfHouse, Estate } from './estate.ts';

export interface SpaceStep {
  readonly key: string;
  readonly name: string;
  /** null: it is to be made. */
  readonly spaceId: string | null;
  readonly add: readonly DoorOfHouse[];
  readonly remove: readonly DoorOfHouse[];
  readonly isRenamed: boolean;
  /** As they will be. */
  readonly entranceIds: readonly string[];
  readonly deviceIds: readonly string[];
}

export interface SpacePlan {
  readonly steps: readonly SpaceStep[];
  /** Spaces that are as they should be. */
  readonly kept: number;
  readonly problems: readonly { readonly where: string; readonly what: string }[];
}

interface Wanted {
  readonly where: string;
  readonly key: string;
  readonly name: string;
  readonly doors: DoorSet;
  /** A person named the key, so doors that joined it in Seam stay, and so does its name. */
  readonly isNamed: boolean;
}

export function spacePlan({ configuration, estate }: { readonly configuration: Configuration; readonly estate: Estate }): SpacePlan {
  const wanted = [...configuration.properties.values()].flatMap(wantedOf);
  const judged = wanted.map((one) => judge({ wanted: one, estate }));
  return {
    steps: judged.flatMap((one) => ('key' in one ? [one] : [])),
    kept: judged.filter((one) => 'isKept' in one).length,
    problems: judged.flatMap((one) => ('what' in one ? [one] : [])),
  };
}

function wantedOf({ id, name, units, common }: PropertySettings): readonly Wanted[] {
  const ofUnits = [...units].map(([unitId, { doors }]): Wanted => {
    const [key, ...more] = doors.spaceKeys;
    const isNamed = key !== undefined && more.length === 0;
    return { where: `${id} unit ${unitId}`, key: isNamed ? key : `${id}/${unitId}`, name: `${name} ${unitId}`, doors, isNamed };
  });
  const ofAll: Wanted = { where: `${id} common`, key: `${id}/common`, name: `${name} common doors`, doors: common, isNamed: false };
  return [...ofUnits, ofAll].filter(({ doors, isNamed }) => isNamed || doors.entrances.length + doors.devices.length > 0);
}

type Judged = SpaceStep | { readonly isKept: true } | { readonly where: string; readonly what: string };

function judge({ wanted: { where, key, name, doors, isNamed }, estate }: { readonly wanted: Wanted; readonly estate: Estate }): Judged {
  const ids = [...doors.entrances, ...doors.devices];
  const unknown = ids.filter((id) => !estate.doors.some((door) => door.id === id));
  if (unknown.length > 0) return { where, what: `${unknown.join(', ')} is not in this Seam workspace` };
  const space = estate.spaces.find((one) => one.key === key);
  if (space === undefined && ids.length === 0)
    return { where, what: `Seam has no space ${key}, and the unit names no doors to make it of` };
  const members = estate.doors.filter((door) => space !== undefined && door.spaceIds.includes(space.id));
  const own = estate.doors.filter((door) => ids.includes(door.id));
  const add = own.filter((door) => !members.includes(door));
  const remove = isNamed ? [] : members.filter((door) => !own.includes(door));
  const isRenamed = space !== undefined && !isNamed && space.name !== name;
  if (space !== undefined && add.length + remove.length === 0 && !isRenamed) return { isKept: true };
  const after = [...members.filter((door) => !remove.includes(door)), ...add];
  const idsOf = (kind: DoorOfHouse['kind']): readonly string[] => after.filter((door) => door.kind === kind).map((door) => door.id);
  return {
    key,
    name: isNamed ? (space?.name ?? name) : name,
    spaceId: space?.id ?? null,
    add,
    remove,
    isRenamed,
    entranceIds: idsOf('entrance'),
    deviceIds: idsOf('device'),
  };
}
