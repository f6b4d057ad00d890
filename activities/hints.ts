/** Tells stays to look at one of their grants: the sweep's way to have something mended by those who own it. */
import { log } from '@temporalio/activity';
import type { Instant } from '../workflows/domain/reservation.ts';
import { sideBySide } from './side-by-side.ts';
import type { StayPort } from './upkeep-ports.ts';

export interface HintDeps {
  readonly stays: StayPort;
  readonly now: () => Instant;
}

interface Hints {
  readonly deps: HintDeps;
  readonly hints: readonly { readonly workflowId: string; readonly accessGrantId: string }[];
  readonly sweepId: string;
  readonly signal: AbortSignal;
}

const AT_ONCE = 10;

/** How many stays heard it. */
export async function hintAll({ deps, hints, sweepId, signal }: Hints): Promise<number> {
  const work = (hint: Hints['hints'][number]): Promise<boolean> => deps.stays.hint({ ...hint, hintId: `${sweepId} ${hint.accessGrantId}` });
  const heard = (await sideBySide({ items: hints, width: AT_ONCE, signal, work })).filter(Boolean).length;
  const workflowIds = hints.slice(0, 20).map(({ workflowId }) => workflowId);
  if (hints.length > 0) log.warn('stays were told to look at their grants', { found: hints.length, heard, workflowIds });
  return heard;
}
