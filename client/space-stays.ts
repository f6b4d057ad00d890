/**
 * The stays of a space, by the units that name it: a lock that has left leads to no stay any more. For houses where others than Access
 * Grants make access, for Seam itself knows which grants are for a space.
 */
import { connectToSeam, type SeamConnection } from '../activities/adapters/seam/calls.ts';
import { spaceById } from '../activities/adapters/seam/named-spaces.ts';
import type { DoorPlace, GrantAtDoor, HousePort } from '../activities/upkeep-ports.ts';
import { type Configuration, providersOf } from '../config/configuration.ts';
import { markedId } from '../workflows/domain/low-level.ts';
import type { Context } from './reservations/context.ts';
import { type RunningStay, runningStays } from './running-stays.ts';

interface Housed {
  readonly house: HousePort;
  readonly seam: SeamConnection;
  readonly context: Pick<Context, 'client' | 'deployment' | 'configuration'>;
}

/** @throws also TemporalUnavailable where a space is asked about */
export function withSpaceStays({ house, seam, context }: Housed): HousePort {
  const { configuration } = context;
  if (providersOf(configuration).length === 1) return house;
  const connect = connectToSeam(seam);
  return {
    ...house,
    async grantsAt(place, signal) {
      const found = await house.grantsAt(place, signal);
      if (!('space_id' in place)) return found;
      const names = await namesOf({ place, seam: connect(signal) });
      const others: GrantAtDoor[] = [];
      for await (const stay of runningStays(context)) if (lives({ stay, configuration, names })) others.push(...accessOf(stay));
      return [...new Map([...others, ...found].map((one) => [one.accessGrantId, one])).values()];
    },
  };
}

interface Asked {
  readonly place: Extract<DoorPlace, { space_id: string }>;
  readonly seam: ReturnType<ReturnType<typeof connectToSeam>>;
}

/** Its id, and its key while it has one. */
async function namesOf({ place: { space_id: id }, seam }: Asked): Promise<readonly string[]> {
  const space = await spaceById({ seam, id });
  return [id, ...(space?.key ? [space.key] : [])];
}

interface Living {
  readonly stay: RunningStay;
  readonly configuration: Configuration;
  readonly names: readonly string[];
}

function lives({ stay: { propertyId, unitIds }, configuration, names }: Living): boolean {
  const property = configuration.properties.get(propertyId);
  const doors = [property?.common, ...unitIds.map((id) => property?.units.get(id)?.doors)];
  return doors.some((set) => set !== undefined && [...set.spaces, ...set.spaceKeys].some((name) => names.includes(name)));
}

const isMade = (handle: string): boolean =>
  (['acs', 'access_codes'] as const).some((provider) => handle.startsWith(markedId({ provider, id: '' })));

const accessOf = ({ workflowId, accessGrantIds, startsAt, endsAt }: RunningStay): readonly GrantAtDoor[] =>
  accessGrantIds.filter(isMade).map((accessGrantId) => ({ accessGrantId, grantKey: `${workflowId}#`, startsAt, endsAt }));
