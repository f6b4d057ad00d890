/** Has staff told of grants that nobody owns: a property's workflow remembers which (rule 11). */
import { RecentIds } from '../activities/recent-ids.ts';
import { sideBySide } from '../activities/side-by-side.ts';
import type { GrantListPort, UnownedGrant, UnownedPort } from '../activities/upkeep-ports.ts';
import type { Configuration } from '../config/configuration.ts';
import type { DoorSet } from '../workflows/domain/property.ts';
import { UNOWNED_TYPE, type UnownedArguments, unownedSignal } from '../workflows/unowned-messages.ts';
import type { Context } from './reservations/context.ts';
import { callTemporal, DEADLINE_MS } from './reservations/temporal-calls.ts';
import { staffOf } from './staff-contact.ts';

/** Asked about in one go; the next sweep asks about the others. */
const AT_MOST = 200;
const AT_ONCE = 4;
/** Spares a process the same report every quarter of an hour. */
const REMEMBERED = 10_000;

interface Reporting {
  readonly context: Context;
  readonly grantList: Pick<GrantListPort, 'doors'>;
}

/** @throws TemporalUnavailable, a failure of Seam's */
export function createUnownedGrants({ context, grantList }: Reporting): UnownedPort {
  const reported = new RecentIds(REMEMBERED);
  const { configuration } = context;
  return {
    async report(grants, signal) {
      const fresh = grants.filter(({ accessGrantId }) => !reported.has(accessGrantId)).slice(0, AT_MOST);
      const work = async (grant: UnownedGrant): Promise<UnownedGrant> =>
        grant.propertyId === null
          ? { ...grant, propertyId: propertyWith({ configuration, doors: await grantList.doors(grant.accessGrantId, signal), grant }) }
          : grant;
      const placed = await sideBySide({ items: fresh, width: AT_ONCE, signal, work });
      for (const [propertyId, own] of Map.groupBy(placed, (grant) => grant.propertyId))
        if (propertyId !== null) await tell({ context, propertyId, grants: own });
      for (const { accessGrantId } of fresh) reported.add(accessGrantId);
    },
  };
}

interface Placing {
  readonly configuration: Configuration;
  readonly doors: DoorSet;
  readonly grant: UnownedGrant;
}

/** The property with a unit behind one of the doors; else one that has one of them for all its guests, or makes access in that system. */
function propertyWith({ configuration, doors, grant: { systemId } }: Placing): string | null {
  const properties = [...configuration.properties.values()];
  const byUnit = properties.find(({ units }) => [...units.values()].some((unit) => haveOneInCommon(unit.doors, doors)));
  const byCommon = properties.find(({ common }) => haveOneInCommon(common, doors));
  const bySystem = properties.find(({ access }) => systemId !== undefined && access.provision?.acs?.systemId === systemId);
  return (byUnit ?? byCommon ?? bySystem)?.id ?? null;
}

const haveOneInCommon = (a: DoorSet, b: DoorSet): boolean =>
  (['entrances', 'devices', 'spaces', 'spaceKeys'] as const).some((kind) => a[kind].some((id) => b[kind].includes(id)));

async function tell(of: { context: Context; propertyId: string; grants: readonly UnownedGrant[] }): Promise<void> {
  const { client, taskQueue, deployment, configuration } = of.context;
  const staff = staffOf(configuration.properties.get(of.propertyId));
  if (staff === null) return;
  const grants = of.grants.map(({ accessGrantId, grantKey }) => ({
    accessGrantId,
    what: grantKey.slice(deployment.length + 1, grantKey.lastIndexOf('#')),
  }));
  const start: UnownedArguments = { told: [] };
  const call = () =>
    client.workflow.signalWithStart(UNOWNED_TYPE, {
      workflowId: `${deployment}/unowned/${of.propertyId}`,
      taskQueue,
      args: [start],
      signal: unownedSignal,
      signalArgs: [{ staff, grants }],
    });
  await callTemporal({ client, deadline: Date.now() + DEADLINE_MS.write, call });
}
