/** The spaces that a unit names, with the doors that belong to them now: for providers whose requests take no spaces. */
import { z } from 'zod';
import type { AccessReading } from '../../../workflows/domain/access.ts';
import { type DoorSet, NO_DOORS } from '../../../workflows/domain/property.ts';
import type { SeamCalls } from './calls.ts';
import { DOORS, doorIds } from './doors.ts';
import { doorBatch, listOf, type SeamDoors } from './schemas.ts';

export interface NamedSpace {
  readonly id: string;
  readonly key: string | null;
  readonly doors: SeamDoors;
}

type SpaceName = { readonly space_ids: string[] } | { readonly space_keys: string[] };

const spaceBatch = doorBatch.extend({ spaces: listOf(z.object({ space_id: z.string(), space_key: z.string().nullish() })) });

/** By one call per space; one that Seam does not know is left out. */
export async function namedSpaces({ seam, doors }: { readonly seam: SeamCalls; readonly doors: DoorSet }): Promise<readonly NamedSpace[]> {
  const names: readonly SpaceName[] = [
    ...doors.spaces.map((id) => ({ space_ids: [id] })),
    ...doors.spaceKeys.map((key) => ({ space_keys: [key] })),
  ];
  const include = [...DOORS, 'spaces' as const];
  const found = await Promise.all(
    names.map((name) => seam.find({ answer: spaceBatch, send: (api) => api.spaces.getRelated({ ...name, include }) })),
  );
  return found.flatMap((batch) => {
    const space = batch?.spaces[0];
    return batch === null || space === undefined ? [] : [{ id: space.space_id, key: space.space_key ?? null, doors: batch }];
  });
}

/** null where Seam does not know it. */
export const spaceById = async ({ seam, id }: { readonly seam: SeamCalls; readonly id: string }): Promise<NamedSpace | null> =>
  (await namedSpaces({ seam, doors: { ...NO_DOORS, spaces: [id] } }))[0] ?? null;

export const spacesRead = (spaces: readonly NamedSpace[]): AccessReading['spaces'] =>
  spaces.map(({ id, key, doors }) => ({ id, key, doors: doorIds(doors) }));

/** The entrances of a unit: those named, and those of its spaces. */
export const entrancesOf = ({ doors, spaces }: { readonly doors: DoorSet; readonly spaces: readonly NamedSpace[] }): readonly string[] => [
  ...new Set([...doors.entrances, ...spaces.flatMap((space) => space.doors.acs_entrances.map((one) => one.acs_entrance_id))]),
];

/** The locks of a unit that hang on no access system. */
export const devicesOf = ({ doors, spaces }: { readonly doors: DoorSet; readonly spaces: readonly NamedSpace[] }): readonly string[] => [
  ...new Set([...doors.devices, ...spaces.flatMap((space) => space.doors.devices.map((one) => one.device_id))]),
];
