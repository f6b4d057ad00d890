/** The doors of a workspace as a `units:` block to paste into the configuration file: one unit per space, and one per door outside of any. */
import type { DoorOfHouse, Estate, SpaceOfHouse } from './estate.ts';

interface Unit {
  readonly name: string;
  /** What stands behind the unit's id. */
  readonly doors: string;
  readonly about: string;
}

/** Names are quoted as JSON, which YAML reads as they are; what else is in a line are ids and words of ours. */
export function unitsBlock({ doors, spaces }: Estate): string {
  const inSpaces = new Set(spaces.map((space) => space.id));
  const alone = doors.filter((door) => !door.spaceIds.some((id) => inSpaces.has(id)));
  const units = [...spaces.map((space) => unitOfSpace({ space, doors })), ...alone.map(unitOfDoor)];
  if (units.length === 0) return 'units: {}';
  const names = units.map(({ name }) => shortName(name));
  const lines = units.map(({ name, doors: of, about }, i) => {
    const short = names[i] ?? name;
    const id = names.indexOf(short) === i && names.lastIndexOf(short) === i ? short : name;
    return `  ${JSON.stringify(id)}: { ${of} }   # ${about}`;
  });
  return ['units:', ...lines].join('\n');
}

/** `101` of `Room 101`. */
const shortName = (name: string): string => /(?:^|\s)(\d+[A-Za-z]?)$/.exec(name)?.[1] ?? name;

function unitOfSpace({ space, doors }: { readonly space: SpaceOfHouse; readonly doors: readonly DoorOfHouse[] }): Unit {
  const members = doors.filter((door) => door.spaceIds.includes(space.id));
  const named = space.key === null ? `spaces: [${space.id}]` : `spaceKeys: [${JSON.stringify(space.key)}]`;
  return {
    name: space.name,
    doors: named,
    about: `${oneLine(space.name)}: ${members.map(({ name }) => oneLine(name)).join(', ') || 'no door yet'}`,
  };
}

const unitOfDoor = ({ id, kind, name, opensBy }: DoorOfHouse): Unit => ({
  name,
  doors: `${kind === 'entrance' ? 'entrances' : 'devices'}: [${id}]`,
  about: `${oneLine(name)}: opens by ${opensBy.join(', ') || 'nothing that Seam can issue'}`,
});

const oneLine = (text: string): string => text.replace(/\s+/g, ' ');
