/** Every grant of this deployment held against its stay and every stay against its grants, started by a Schedule (rule 11). */
import { isCancellation, workflowInfo } from '@temporalio/workflow';
import type { SweptGrants, SweptStays } from '../activities/sweep.ts';
import type { Orphan } from '../activities/upkeep-ports.ts';
import { activities, upkeep } from './activity-proxies.ts';
import { MOST_ORPHANS } from './domain/sweep-plan.ts';

interface Swept {
  readonly grants: number;
  readonly stays: number;
  /** Stays that were told to look. */
  readonly hinted: number;
  readonly revoked: number;
  /** Found and not taken back: the brake stopped it, or Seam did not let go yet. The next sweep finds it again. */
  readonly left: number;
  /** Grants that a person has to look at. */
  readonly unowned: number;
}

export async function sweep(): Promise<Swept> {
  const sweepId = workflowInfo().runId;
  const orphans: Orphan[] = [];
  const swept = { grants: 0, stays: 0, hinted: 0, unowned: 0 };
  let cursor: string | null = null;
  do {
    const found: SweptGrants = await upkeep.sweepGrants({ cursor, sweepId });
    orphans.push(...found.orphans.slice(0, MOST_ORPHANS - orphans.length));
    swept.grants += found.checked;
    swept.hinted += found.hinted;
    swept.unowned += found.unowned;
    cursor = found.next;
  } while (cursor !== null);
  do {
    const found: SweptStays = await upkeep.sweepStays({ cursor, sweepId });
    swept.stays += found.checked;
    swept.hinted += found.hinted;
    cursor = found.next;
  } while (cursor !== null);
  const revoked = await takeBack(await upkeep.passBrake({ orphans }));
  return { ...swept, revoked, left: orphans.length - revoked };
}

/** One after the other: there is no hurry, and the engine's own work goes first. */
async function takeBack(orphans: readonly Orphan[]): Promise<number> {
  let revoked = 0;
  for (const { propertyId: _property, ...grant } of orphans) {
    try {
      await activities.revokeAccess(grant);
      revoked += 1;
    } catch (error) {
      if (isCancellation(error)) throw error;
    }
  }
  return revoked;
}
