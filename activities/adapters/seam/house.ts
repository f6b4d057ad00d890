/** Whom a door concerns, and which doors fare badly now: asked of Seam, for no stay is told of every door that it may come to open. */
import { z } from 'zod';
import { sideBySide } from '../../side-by-side.ts';
import type { DoorPlace, GrantAtDoor, HousePort } from '../../upkeep-ports.ts';
import { connectToSeam, type SeamCalls, type SeamConnection } from './calls.ts';
import { deviceFault, entranceFault } from './door-health.ts';
import { isSeamFailure } from './errors.ts';
import { accessGrant, device, entrance, system } from './schemas.ts';

const keyedGrant = accessGrant
  .pick({ access_grant_id: true, starts_at: true, ends_at: true })
  .extend({ access_grant_key: z.string().nullish() });

const AT_ONCE = 4;

interface At {
  readonly seam: SeamCalls;
  readonly place: DoorPlace;
}

interface Doors extends SeamConnection {
  /** What opens a door beside grants, one source per low-level provider. */
  readonly alsoAt: readonly ((at: At) => Promise<readonly GrantAtDoor[]>)[];
}

/** Failures as those of `createSeamAdapter`. */
export function createHouse({ alsoAt, ...connection }: Doors): HousePort {
  const connect = connectToSeam(connection);
  const everythingAt = async (at: At): Promise<readonly GrantAtDoor[]> =>
    (await Promise.all([grantsAt, ...alsoAt].map((of) => of(at)))).flat();
  return {
    grantsAt: (place, signal) => everythingAt({ seam: connect(signal), place }),
    async ailing(signal) {
      const seam = connect(signal);
      const found = await sideBySide({
        items: await ailingPlaces(seam),
        width: AT_ONCE,
        signal,
        work: (place) => everythingAt({ seam, place }),
      });
      return [...new Map(found.flat().map((grant) => [grant.accessGrantId, grant])).values()];
    },
  };
}

async function grantsAt({ seam, place }: At): Promise<readonly GrantAtDoor[]> {
  const grants = await listGrants({ seam, place });
  return grants.flatMap(({ access_grant_id: accessGrantId, access_grant_key: grantKey, starts_at: startsAt, ends_at }) =>
    grantKey ? [{ accessGrantId, grantKey, startsAt, endsAt: ends_at ?? null }] : [],
  );
}

/** None at a door that Seam does not know, or no longer. */
async function listGrants({ seam, place }: At): Promise<readonly z.infer<typeof keyedGrant>[]> {
  try {
    return await seam.read({
      answer: z.array(keyedGrant),
      send: (api) => api.createPaginator(api.accessGrants.list(place)).flattenToArray(),
    });
  } catch (error) {
    if (isSeamFailure(error, 'SeamNotFound') || isSeamFailure(error, 'SeamRejected')) return [];
    throw error;
  }
}

async function ailingPlaces(seam: SeamCalls): Promise<readonly DoorPlace[]> {
  const [devices, entrances, systems] = await Promise.all([
    seam.read({ answer: z.array(device), send: (api) => api.createPaginator(api.devices.list({})).flattenToArray() }),
    seam.read({ answer: z.array(entrance), send: (api) => api.createPaginator(api.acs.entrances.list({})).flattenToArray() }),
    seam.read({ answer: z.array(system), send: (api) => api.acs.systems.list({}) }),
  ]);
  return [
    ...devices.filter((one) => deviceFault(one) !== null).map(({ device_id }) => ({ device_id })),
    ...entrances.filter((one) => entranceFault({ entrance: one, systems }) !== null).map(({ acs_entrance_id }) => ({ acs_entrance_id })),
  ];
}
