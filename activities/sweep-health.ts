/**
 * Has a stay look whose doors fare otherwise than it knows: a lock that broke long before its guest comes, or one that works again without
 * a word. It costs by broken doors, not by stays.
 */

import type { Duration, Instant } from '../workflows/domain/reservation.ts';
import type { Standing } from '../workflows/domain/standing.ts';
import { healthHints } from '../workflows/domain/sweep-plan.ts';
import { type HintDeps, hintAll } from './hints.ts';
import type { HousePort } from './upkeep-ports.ts';

export interface HealthDeps extends HintDeps {
  readonly house: HousePort;
  /** Of a property; null where it is configured no longer. */
  readonly attentionBefore: (propertyId: string) => Duration | null;
}

/** When access by each grant starts that opens a door which fares badly. */
export async function ailingGrants({ deps, signal }: { deps: HealthDeps; signal: AbortSignal }): Promise<ReadonlyMap<string, Instant>> {
  const grants = await deps.house.ailing(signal);
  return new Map(grants.map(({ accessGrantId, startsAt }) => [accessGrantId, startsAt]));
}

interface Looked {
  readonly deps: HealthDeps;
  readonly standings: readonly Standing[];
  readonly ailing: ReadonlyMap<string, Instant>;
  readonly sweepId: string;
  readonly signal: AbortSignal;
}

/** How many stays were told. */
export function hintHealth({ deps, standings, ailing, sweepId, signal }: Looked): Promise<number> {
  const hints = standings.flatMap((standing) => {
    const attentionBefore = standing.propertyId === null ? null : deps.attentionBefore(standing.propertyId);
    const ids = attentionBefore === null ? [] : healthHints({ standing, ailing, attentionBefore, now: deps.now() });
    return ids.map((accessGrantId) => ({ workflowId: standing.workflowId, accessGrantId }));
  });
  return hintAll({ deps, hints, sweepId, signal });
}
