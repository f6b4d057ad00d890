/** Asks each property's brake before the sweep takes anything back (rule 10). */
import type { BrakePort, Orphan, StandingPort } from '../activities/upkeep-ports.ts';
import { askBrake, brakes } from './brake-calls.ts';
import type { Context } from './reservations/context.ts';

/** @throws TemporalUnavailable, NoWorker; then nothing may go */
export function createSweepBrake({ context, standings }: { context: Context; standings: Pick<StandingPort, 'liveGrants'> }): BrakePort {
  return {
    async pass(orphans) {
      const byProperty = Map.groupBy(orphans, ({ propertyId }) => propertyId);
      // What was stopped and is no wish of ours any more is let go of.
      const stopping = (await brakes(context)).filter(({ stopped }) => stopped.some(({ cause }) => cause === 'sweep'));
      const passed: string[] = [];
      for (const propertyId of new Set([...byProperty.keys(), ...stopping.map((view) => view.propertyId)])) {
        const own = byProperty.get(propertyId) ?? [];
        passed.push(...(await askFor({ context, standings, propertyId, orphans: own })));
      }
      return passed;
    },
  };
}

interface Asking {
  readonly context: Context;
  readonly standings: Pick<StandingPort, 'liveGrants'>;
  readonly propertyId: string;
  readonly orphans: readonly Orphan[];
}

async function askFor({ context, standings, propertyId, orphans }: Asking): Promise<readonly string[]> {
  const live = (await standings.liveGrants(propertyId)) + orphans.length;
  const revocations = orphans.map(({ grantKey, accessGrantId }) => ({
    id: accessGrantId,
    what: grantKey.slice(context.deployment.length + 1),
    grants: 1,
  }));
  return askBrake({ context, propertyId, question: { cause: 'sweep', live, revocations } });
}
