/** The same stays with nothing left out: bookings and webhooks over HTTP, the real clients against the simulators over HTTP and SMTP. */
import type { Activities } from '../activities/activities.ts';
import { workflowIdOfGrantKey } from '../workflows/domain/ids.ts';
import { ended, workflowIdOf } from './latchkey.ts';
import { Milestones } from './milestones.ts';
import { type OutsideWorld, openOutsideWorld } from './outside-world.ts';
import type { Scale } from './scale.ts';
import { bookingOf, DEPLOYMENT, propertyOfStay } from './standard-stay.ts';
import { rounded } from './statistics.ts';
import type { Subject } from './subject.ts';
import type { Temporal } from './temporal.ts';
import { playRound } from './throughput.ts';
import { type RunningSubject, runWorker } from './workers.ts';

export interface EndToEnd {
  readonly perSecond: number;
}

const TASK_QUEUE = 'bench-end-to-end';

/** `bundle`: of the engine's workflow. */
export async function measureEndToEnd({
  temporal,
  bundle,
  load,
}: {
  readonly temporal: Temporal;
  readonly bundle: RunningSubject['bundle'];
  readonly load: Scale['endToEnd'] & { readonly length: number };
}): Promise<EndToEnd> {
  const { client } = temporal;
  const milestones = new Milestones();
  const world = await openOutsideWorld({ client, taskQueue: TASK_QUEUE });
  const activities = observed({ activities: world.activities, milestones });
  const running = await runWorker({ temporal, taskQueue: TASK_QUEUE, bundle, activities });
  const subject = { ...subjectIn({ temporal, world }), ...running, milestones, bundle };
  try {
    const { completedPerSecond } = await playRound({ subject, load, name: 'end-to-end' });
    return { perSecond: rounded(completedPerSecond, 1) };
  } finally {
    await running.stop();
    await world.close();
  }
}

/** Issuance and receipts come by themselves. */
function subjectIn({ temporal: { client }, world }: { readonly temporal: Temporal; readonly world: OutsideWorld }): Subject {
  let booked = 0;
  return {
    name: 'latchkey',
    taskQueue: TASK_QUEUE,
    atRest: 'read',
    workflowIdOf,
    async book({ id, times }) {
      booked += 1;
      await world.put({ id, body: bookingOf({ ...times, propertyId: propertyOfStay(booked) }) });
      return client.workflow.getHandle(workflowIdOf(id));
    },
    issue: async () => {},
    confirm: async () => {},
    ended,
  };
}

/** Only the moments that a stay is played by. */
function observed({ activities, milestones }: { readonly activities: Activities; readonly milestones: Milestones }): Activities {
  return {
    ...activities,
    async grantAccess(input) {
      const reading = await activities.grantAccess(input);
      const workflowId = workflowIdOfGrantKey({ grantKey: input.grantKey, deployment: DEPLOYMENT });
      if (workflowId !== null) milestones.reach({ workflowId, milestone: 'granted' });
      return reading;
    },
    async sendMessage(input) {
      const result = await activities.sendMessage(input);
      milestones.reach({ workflowId: input.workflowId, milestone: input.channel === 'email' ? 'mail' : 'sms' });
      return result;
    },
  };
}
