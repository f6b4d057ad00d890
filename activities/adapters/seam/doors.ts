/** Doors as Seam shows them: entrances of access systems, and devices that stand alone; and which of them belong to a space now. */
import type { AccessReading, Door } from '../../../workflows/domain/access.ts';
import type { SeamCalls } from './calls.ts';
import { deviceFault, entranceFault } from './door-health.ts';
import { doorBatch, type SeamDoors, type SeamGrantBatch, type SeamSystem } from './schemas.ts';

export const DOORS = ['acs_entrances', 'devices'] as const;

export const doorIds = ({ acs_entrances, devices }: SeamDoors): readonly string[] => [
  ...acs_entrances.map((entrance) => entrance.acs_entrance_id),
  ...devices.map((device) => device.device_id),
];

export function doorsOf({ acs_entrances, devices, systems }: SeamDoors & { readonly systems: readonly SeamSystem[] }): readonly Door[] {
  return [
    ...acs_entrances.map((entrance): Door => {
      const { acs_entrance_id: id, display_name } = entrance;
      return { id, kind: 'entrance', name: display_name ?? id, fault: entranceFault({ entrance, systems }) };
    }),
    ...devices.map((device): Door => {
      const { device_id: id, display_name, can_remotely_unlock: unlocksRemotely } = device;
      const door = { id, kind: 'device', name: display_name ?? id, fault: deviceFault(device) } as const;
      return unlocksRemotely ? { ...door, unlocksRemotely } : door;
    }),
  ];
}

interface SpacesOfGrant {
  readonly seam: SeamCalls;
  readonly spaceIds: readonly string[];
  /** Gives the spaces' keys. */
  readonly spaces: SeamGrantBatch['spaces'];
}

/** The doors of each space, by one call per space: an answer for several would not say which door belongs to which. */
export function readSpaces({ seam, spaceIds, spaces }: SpacesOfGrant): Promise<AccessReading['spaces']> {
  return Promise.all(
    spaceIds.map(async (id) => {
      const doors = await seam.find({ answer: doorBatch, send: (api) => api.spaces.getRelated({ space_ids: [id], include: [...DOORS] }) });
      return { id, key: spaces.find((space) => space.space_id === id)?.space_key ?? null, doors: doors === null ? [] : doorIds(doors) };
    }),
  );
}
