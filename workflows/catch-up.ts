/**
 * One look at what Seam's webhooks may not have brought, started by a Schedule. Its result is where the next one goes on, so that
 * nothing is kept anywhere else; while no worker runs it waits, and then looks back as far as it has to.
 */
import { workflowInfo } from '@temporalio/workflow';
import { upkeep } from './activity-proxies.ts';
import { CATCH_UP } from './domain/pace.ts';
import type { Instant } from './domain/reservation.ts';

interface CaughtUp {
  readonly until: Instant;
}

export function catchUp(): Promise<CaughtUp> {
  const { lastResult } = workflowInfo();
  return upkeep.catchUpEvents({ since: isCaughtUp(lastResult) ? lastResult.until : Date.now() - CATCH_UP.firstLook });
}

/** Temporal hands on the result of the last run that ended well, whatever its version. */
const isCaughtUp = (last: unknown): last is CaughtUp =>
  typeof last === 'object' && last !== null && 'until' in last && typeof last.until === 'number';
