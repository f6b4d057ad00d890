/** What Seam says that a door can open by (Seam API: acs_entrance `can_unlock_with_*`, device `can_*`). Reads only. */
import { z } from 'zod';
import { type Call, connectToSeam, type SeamCalls, type SeamConnection } from '../../activities/adapters/seam/calls.ts';
import { isSeamFailure } from '../../activities/adapters/seam/errors.ts';
import type { Mode } from '../../workflows/domain/property.ts';

/** null: not in this workspace. Each throws an `ApplicationFailure` where Seam cannot be asked. */
export interface DoorAbilities {
  entrance(id: string): Promise<ReadonlySet<Mode> | null>;
  device(id: string): Promise<ReadonlySet<Mode> | null>;
  /** What is in a space changes with the house, so only that it is there counts: it opens by everything. */
  space(named: { readonly space_id: string } | { readonly space_key: string }): Promise<ReadonlySet<Mode> | null>;
}

/** Milliseconds for all of them. */
const PATIENCE = 120_000;

const MODES: readonly Mode[] = ['code', 'card', 'mobile_key', 'cloud_key'];

const can = z.boolean().nullish();
const entrance = z.object({
  can_unlock_with_code: can,
  can_unlock_with_card: can,
  can_unlock_with_mobile_key: can,
  can_unlock_with_cloud_key: can,
});
/** A lock that stands alone takes codes, and opens from afar. */
const device = z.object({ can_program_online_access_codes: can, can_remotely_unlock: can });

export function doorAbilities(connection: SeamConnection): DoorAbilities {
  const calls = connectToSeam(connection)(AbortSignal.timeout(PATIENCE));
  return {
    entrance: async (id) => {
      const found = await known({ calls, answer: entrance, send: (seam) => seam.acs.entrances.get({ acs_entrance_id: id }) });
      return found === null ? null : new Set(MODES.filter((mode) => found[`can_unlock_with_${mode}`] === true));
    },
    device: async (id) => {
      const found = await known({ calls, answer: device, send: (seam) => seam.devices.get({ device_id: id }) });
      if (found === null) return null;
      const able = { code: found.can_program_online_access_codes, cloud_key: found.can_remotely_unlock, card: false, mobile_key: false };
      return new Set(MODES.filter((mode) => able[mode] === true));
    },
    space: async (named) => {
      const found = await known({ calls, answer: z.looseObject({}), send: (seam) => seam.spaces.get(named) });
      return found === null ? null : new Set(MODES);
    },
  };
}

/** null where Seam does not know it; what is no id of its own it refuses. */
async function known<Answer>({ calls, ...call }: Call<Answer> & { calls: SeamCalls }): Promise<Answer | null> {
  try {
    return await calls.find(call);
  } catch (error) {
    if (isSeamFailure(error, 'SeamRejected')) return null;
    throw error;
  }
}
