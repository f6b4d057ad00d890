/** What the brakes have stopped (rule 10), for operators: seen, and let through. */
import { ScheduleOverlapPolicy } from '@temporalio/client';
import type { BrakeView } from '../workflows/brake-messages.ts';
import { approveBrake, brakes } from './brake-calls.ts';
import { type Context, type Scope, within } from './reservations/context.ts';
import { scheduleIdOf } from './schedules.ts';

export interface Brake extends Omit<BrakeView, 'stoppedAt'> {
  readonly stoppedAt: string;
  /** Grants that would end. */
  readonly grants: number;
}

export interface Approval {
  readonly id: string;
  /** The name of the token that asked. */
  readonly by: string;
  readonly reason: string | null;
  readonly scope: Pick<Scope, 'properties'>;
}

/** Each method throws `TemporalUnavailable`, and `NoWorker` where no worker answers within 3 s. */
export interface Brakes {
  list(asked: { readonly scope: Pick<Scope, 'properties'> }): Promise<readonly Brake[]>;
  /** How many revocations go on, or null where nothing of that id is stopped. @throws Conflict where it has changed since */
  approve(approval: Approval): Promise<number | null>;
}

export function createBrakes(context: Context): Brakes {
  const list: Brakes['list'] = async ({ scope }) =>
    (await brakes(context)).filter(({ propertyId }) => within(scope.properties, propertyId)).map(brakeOf);
  return {
    list,
    async approve({ id, by, reason, scope }) {
      const brake = (await list({ scope })).find((candidate) => candidate.id === id);
      if (brake === undefined) return null;
      const approved = await approveBrake({ context, propertyId: brake.propertyId, stopId: id, by, reason });
      await goOn({ context, brake });
      return approved;
    },
  };
}

/** At once, where that can be: the Schedule would do it within minutes. */
async function goOn({ context: { client, deployment }, brake }: { context: Context; brake: Brake }): Promise<void> {
  const causes = new Set(brake.stopped.map(({ cause }) => cause));
  for (const name of causes) {
    await client.schedule
      .getHandle(scheduleIdOf({ deployment, name }))
      .trigger(ScheduleOverlapPolicy.BUFFER_ONE)
      .catch(() => undefined);
  }
}

const brakeOf = ({ stoppedAt, ...view }: BrakeView): Brake => ({
  ...view,
  stoppedAt: new Date(stoppedAt ?? 0).toISOString(),
  grants: view.stopped.reduce((sum, { grants }) => sum + grants, 0),
});
