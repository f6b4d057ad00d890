/** The doors of a request as they are before a grant of them exists: those named, and the present members of its spaces. */
import { z } from 'zod';
import type { DoorSet } from '../../../workflows/domain/property.ts';
import type { SeamCalls } from './calls.ts';
import { DOORS } from './doors.ts';
import { device, doorBatch, entrance, type SeamDoors } from './schemas.ts';

/** One call for each kind that is named, side by side. What Seam does not know is left out: the request itself says so. */
export async function readRequestedDoors({ seam, doors }: { seam: SeamCalls; doors: DoorSet }): Promise<SeamDoors> {
  const [entrances, devices, spaces] = await Promise.all([
    doors.entrances.length === 0
      ? null
      : seam.find({ answer: z.array(entrance), send: (api) => api.acs.entrances.list({ acs_entrance_ids: [...doors.entrances] }) }),
    doors.devices.length === 0
      ? null
      : seam.find({ answer: z.array(device), send: (api) => api.devices.list({ device_ids: [...doors.devices] }) }),
    doors.spaces.length + doors.spaceKeys.length === 0
      ? null
      : seam.find({
          answer: doorBatch,
          send: (api) =>
            api.spaces.getRelated({
              ...(doors.spaces.length > 0 ? { space_ids: [...doors.spaces] } : {}),
              ...(doors.spaceKeys.length > 0 ? { space_keys: [...doors.spaceKeys] } : {}),
              include: [...DOORS],
            }),
        }),
  ]);
  return {
    acs_entrances: [...(entrances ?? []), ...(spaces?.acs_entrances ?? [])],
    devices: [...(devices ?? []), ...(spaces?.devices ?? [])],
  };
}
