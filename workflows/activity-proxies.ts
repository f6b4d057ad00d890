/** The only place with timeouts and retry policies. Attempts are few: longer pauses are the workflow's, where they are seen (`pace.ts`). */
import { ActivityCancellationType, type ActivityInterfaceFor, proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/activities.ts';

const BRIEF = { initialInterval: '1 second', backoffCoefficient: 2, maximumAttempts: 3 } as const;

/**
 * A worker that dies is noticed by its missing heartbeats; a call that hangs ends by its own ten seconds. `scheduleToClose` bounds
 * everything together, so that no command is ever invisible for longer.
 */
const LIMITS = {
  startToCloseTimeout: '1 minute',
  heartbeatTimeout: '10 seconds',
  scheduleToCloseTimeout: '3 minutes',
  retry: BRIEF,
} as const;

/** The longest that a command can be under way. Milliseconds. */
export const LONGEST_COMMAND = 3 * 60_000;

/** Cancelling a write never means that it did not happen: its end is waited for. */
export const activities: ActivityInterfaceFor<Activities> = proxyActivities<Activities>({
  ...LIMITS,
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
});

/** Done at most once: whatever goes wrong, nothing tries it again (rule 8). A person waits for the answer. */
export const once: ActivityInterfaceFor<Pick<Activities, 'sendErrand'>> = proxyActivities<Pick<Activities, 'sendErrand'>>({
  startToCloseTimeout: '20 seconds',
  heartbeatTimeout: '10 seconds',
  scheduleToCloseTimeout: '20 seconds',
  retry: { maximumAttempts: 1 },
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
});

/** What nobody waits for and a Schedule starts anew: patient, while Seam or Temporal's visibility is away. */
export const upkeep: ActivityInterfaceFor<Activities> = proxyActivities<Activities>({
  startToCloseTimeout: '5 minutes',
  heartbeatTimeout: '10 seconds',
  scheduleToCloseTimeout: '15 minutes',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '30 seconds' },
});
