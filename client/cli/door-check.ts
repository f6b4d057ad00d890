/** Holds the doors of the configuration against what Seam says of them. Reads only. */
import { z } from 'zod';
import { connectToSeam, type SeamCalls } from '../../activities/adapters/seam/calls.ts';
import type { Configuration } from '../../config/configuration.ts';
import type { SeamSettings } from '../../config/outside-services.ts';
import type { DoorSet, Mode } from '../../workflows/domain/property.ts';
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

/** Requests side by side: far from any rate limit, and a large house is done in seconds. */
const SIDE_BY_SIDE = 5;

const can = z.boolean().nullish();
const entrance = z.object({
  can_unlock_with_code: can,
  can_unlock_with_card: can,
  can_unlock_with_mobile_key: can,
  can_unlock_with_cloud_key: can,
});
const device = z.object({ can_program_online_access_codes: can, can_remotely_unlock: can });

/** @throws Refused where Seam cannot be asked */
export async function doorProblems({
  configuration,
  seam,
}: {
  configuration: Configuration;
  seam: SeamSettings;
}): Promise<readonly DoorProblem[]> {
  const calls = connectToSeam(seam)(AbortSignal.timeout(120_000));
  const checks = namedDoors(configuration).flatMap((named) => checksOf({ calls, named }));
  const found: (DoorProblem | null)[] = [];
  try {
    for (let at = 0; at < checks.length; at += SIDE_BY_SIDE)
      found.push(...(await Promise.all(checks.slice(at, at + SIDE_BY_SIDE).map((check) => check()))));
  } catch (error) {
    throw new Refused(
      `The configuration is valid, but the doors could not be looked up: ${error instanceof Error ? error.message : 'Seam was not reached'}.`,
    );
  }
  return found.filter((problem) => problem !== null);
}

const namedDoors = ({ properties }: Configuration): readonly Named[] =>
  [...properties.values()].flatMap(({ id, units, common, access }) => [
    ...[...units].map(([unitId, unit]) => ({ where: `${id} unit ${unitId}`, doors: unit.doors, modes: unit.modes ?? access.modes })),
    { where: `${id} common`, doors: common, modes: access.modes },
  ]);

function checksOf({
  calls,
  named: { where, doors, modes },
}: {
  calls: SeamCalls;
  named: Named;
}): readonly (() => Promise<DoorProblem | null>)[] {
  const verdict = ({ what, able }: { what: string; able: ReadonlySet<Mode> | null }): DoorProblem | null => {
    if (able === null) return { where, what: `${what} is not in this Seam workspace` };
    const missing = modes.filter((mode) => !able.has(mode));
    return missing.length === 0 ? null : { where, what: `${what} does not open by ${missing.join(', ')}` };
  };
  return [
    ...doors.entrances.map((id) => async () => verdict({ what: `entrance ${id}`, able: await modesOfEntrance({ calls, id }) })),
    ...doors.devices.map((id) => async () => verdict({ what: `device ${id}`, able: await modesOfDevice({ calls, id }) })),
    ...doors.spaces.map(
      (id) => async () => verdict({ what: `space ${id}`, able: await ifExists({ calls, space: { space_id: id }, modes }) }),
    ),
    ...doors.spaceKeys.map(
      (key) => async () => verdict({ what: `space key ${key}`, able: await ifExists({ calls, space: { space_key: key }, modes }) }),
    ),
  ];
}

type Ability = Promise<ReadonlySet<Mode> | null>;

async function modesOfEntrance({ calls, id }: { calls: SeamCalls; id: string }): Ability {
  const found = await calls.find({ answer: entrance, send: (seam) => seam.acs.entrances.get({ acs_entrance_id: id }) });
  if (found === null) return null;
  const modes: readonly Mode[] = ['code', 'card', 'mobile_key', 'cloud_key'];
  return new Set(modes.filter((mode) => found[`can_unlock_with_${mode}`] === true));
}

/** A lock that stands alone takes codes, and opens from afar. */
async function modesOfDevice({ calls, id }: { calls: SeamCalls; id: string }): Ability {
  const found = await calls.find({ answer: device, send: (seam) => seam.devices.get({ device_id: id }) });
  if (found === null) return null;
  return new Set<Mode>([
    ...(found.can_program_online_access_codes === true ? ['code' as const] : []),
    ...(found.can_remotely_unlock === true ? ['cloud_key' as const] : []),
  ]);
}

/** What is in a space changes with the house: only that it is there is checked. */
async function ifExists({
  calls,
  space,
  modes,
}: {
  calls: SeamCalls;
  space: { space_id: string } | { space_key: string };
  modes: readonly Mode[];
}): Ability {
  const found = await calls.find({ answer: z.unknown(), send: (seam) => seam.spaces.get(space) });
  return found === null ? null : new Set(modes);
}
