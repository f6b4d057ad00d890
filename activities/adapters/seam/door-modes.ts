/**
 * Which modes the doors of a request can do, as their capability flags say. Only an explicit `false` rules a mode out: a flag that is not
 * there says nothing, and Seam is asked.
 */
import type { Mode } from '../../../workflows/domain/property.ts';
import type { SeamDoors } from './schemas.ts';

type Flag = boolean | null | undefined;
type Device = SeamDoors['devices'][number];

export interface DoorModes {
  readonly id: string;
  readonly name: string;
  /** By mode. */
  readonly can: Readonly<Record<string, Flag>>;
}

/**
 * A lock that stands alone takes codes that are sent to it, or that it computes, where guests can type them: some locks without a keypad
 * say that they can be programmed. A card or mobile key it says nothing of.
 */
function codesOf({ can_unlock_with_code, can_program_online_access_codes: online, can_program_offline_access_codes }: Device): Flag {
  if (can_unlock_with_code === false) return false;
  return online === false && can_program_offline_access_codes === true ? true : online;
}

export const modesOfDoors = ({ acs_entrances, devices }: SeamDoors): readonly DoorModes[] => [
  ...acs_entrances.map((entrance) => ({
    id: entrance.acs_entrance_id,
    name: entrance.display_name ?? entrance.acs_entrance_id,
    can: {
      code: entrance.can_unlock_with_code,
      card: entrance.can_unlock_with_card,
      mobile_key: entrance.can_unlock_with_mobile_key,
      cloud_key: entrance.can_unlock_with_cloud_key,
    },
  })),
  ...devices.map((device) => ({
    id: device.device_id,
    name: device.display_name ?? device.device_id,
    can: { code: codesOf(device), card: undefined, mobile_key: undefined, cloud_key: device.can_remotely_unlock },
  })),
];

export const spokenMode = (mode: string): string => mode.replaceAll('_', ' ');

interface Impossible {
  /** `<mode>/<door id>`. */
  readonly code: string;
  /** In words, with the names of the doors. */
  readonly about: string;
}

/** Room in a reason, for a house may have many such doors. */
const MOST_NAMED = 5;

/** A mode that none of the doors can do, or a door that can do none of the modes; null: every door may open by something. */
export function impossibleIn({ doors, modes }: { doors: readonly DoorModes[]; modes: readonly Mode[] }): Impossible | null {
  const closed = doors.filter(({ can }) => modes.every((mode) => can[mode] === false));
  const unmade = modes.filter((mode) => doors.length > 0 && doors.every(({ can }) => can[mode] === false));
  const [door = doors[0]] = closed;
  const [mode = modes[0]] = unmade;
  if ((closed.length === 0 && unmade.length === 0) || door === undefined || mode === undefined) return null;
  const named = (some: readonly DoorModes[]): string =>
    some
      .slice(0, MOST_NAMED)
      .map(({ id, name }) => `${name} (${id})`)
      .join(', ');
  const about = [
    ...(closed.length === 0 ? [] : [`${named(closed)} cannot be opened with ${modes.map(spokenMode).join(' or ')}`]),
    ...(unmade.length === 0 || closed.length === doors.length
      ? []
      : [`no door opens with ${unmade.map(spokenMode).join(' or ')}: ${named(doors)}`]),
  ];
  return { code: `${mode}/${door.id}`, about: about.join('; ') };
}
