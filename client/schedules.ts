/** Makes the Schedules that start the engine's upkeep, one each per deployment; where the server does not allow it, says the commands that do. */
import {
  type Client,
  ScheduleAlreadyRunning,
  type ScheduleDescription,
  ScheduleNotFoundError,
  ScheduleOverlapPolicy,
} from '@temporalio/client';
import { CATCH_UP_EVERY, ERASE_EVERY, FOLLOW_EVERY, MINUTE, SWEEP_EVERY } from '../workflows/domain/pace.ts';

import { isRefusal } from './temporal-refusal.ts';

interface Upkeep {
  readonly name: 'configuration' | 'catch-up' | 'sweep' | 'erase';
  /** As exported by `workflows/index.ts`. */
  readonly workflowType: string;
  /** Milliseconds. */
  readonly every: number;
  readonly jitter: number;
  /** Also when a worker starts, for it may bring another configuration. */
  readonly atStart?: boolean;
}

const UPKEEP: readonly Upkeep[] = [
  { name: 'configuration', workflowType: 'followConfiguration', every: FOLLOW_EVERY, jitter: 0, atStart: true },
  { name: 'catch-up', workflowType: 'catchUp', every: CATCH_UP_EVERY, jitter: 0 },
  // Spread, so that several deployments of one Seam workspace do not list it at the same moment.
  { name: 'sweep', workflowType: 'sweep', every: SWEEP_EVERY, jitter: 2 * MINUTE },
  { name: 'erase', workflowType: 'eraseDue', every: ERASE_EVERY, jitter: 5 * MINUTE },
];

interface Wanted {
  readonly client: Client;
  readonly deployment: string;
  readonly taskQueue: string;
}

/** A firing that was missed for so long is left out: the next one looks back as far as it has to. Milliseconds. */
const CATCHUP_WINDOW = MINUTE;

export class SchedulesMissing extends Error {
  override readonly name = 'SchedulesMissing';

  constructor({ client, deployment, taskQueue, cause }: Wanted & { readonly cause: unknown }) {
    const { namespace } = client.options;
    const commands = UPKEEP.map((upkeep) => {
      const id = scheduleIdOf({ deployment, name: upkeep.name });
      const spec = `--interval ${upkeep.every / 1_000}s --jitter ${upkeep.jitter / 1_000}s --overlap-policy Skip --catchup-window ${CATCHUP_WINDOW / 1_000}s`;
      const action = `--type ${upkeep.workflowType} --workflow-id ${id} --task-queue ${taskQueue}`;
      return `  temporal schedule create --namespace ${namespace} --schedule-id ${id} ${spec} ${action}`;
    });
    super(
      `Temporal does not let this account make or change Schedules in namespace ${namespace}. Run, with an account that may ("update" for "create" where one exists):\n${commands.join('\n')}`,
      { cause },
    );
  }
}

export const scheduleIdOf = ({ deployment, name }: { deployment: string; name: Upkeep['name'] }): string => `${deployment}/${name}`;

/** Idempotent, also when several processes start at once. What a person paused stays paused. @throws SchedulesMissing */
export async function ensureSchedules(wanted: Wanted): Promise<void> {
  try {
    for (const upkeep of UPKEEP) await ensureSchedule({ ...wanted, upkeep });
  } catch (error) {
    throw isRefusal(error) ? new SchedulesMissing({ ...wanted, cause: error }) : error;
  }
}

async function ensureSchedule({ client, deployment, taskQueue, upkeep }: Wanted & { upkeep: Upkeep }): Promise<void> {
  const scheduleId = scheduleIdOf({ deployment, name: upkeep.name });
  const definition = definitionOf({ upkeep, scheduleId, taskQueue });
  const handle = client.schedule.getHandle(scheduleId);
  const present = await handle.describe().catch((error: unknown) => {
    if (error instanceof ScheduleNotFoundError) return null;
    throw error;
  });
  if (present === null) {
    await client.schedule.create({ scheduleId, ...definition }).catch((error: unknown) => {
      if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    });
  } else if (!isAsDefined({ present, definition })) {
    await handle.update(({ state }) => ({ ...definition, state }));
  }
  if (upkeep.atStart === true) await handle.trigger(ScheduleOverlapPolicy.BUFFER_ONE);
}

const definitionOf = ({ upkeep, scheduleId, taskQueue }: { upkeep: Upkeep; scheduleId: string; taskQueue: string }) => ({
  spec: { intervals: [{ every: upkeep.every }], jitter: upkeep.jitter },
  action: { type: 'startWorkflow' as const, workflowType: upkeep.workflowType, workflowId: scheduleId, taskQueue, args: [] },
  policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: CATCHUP_WINDOW },
});

function isAsDefined({ present, definition }: { present: ScheduleDescription; definition: ReturnType<typeof definitionOf> }): boolean {
  const { spec, action, policies } = present;
  return (
    spec.intervals?.length === 1 &&
    spec.intervals[0]?.every === definition.spec.intervals[0]?.every &&
    (spec.jitter ?? 0) === definition.spec.jitter &&
    action.workflowType === definition.action.workflowType &&
    action.workflowId === definition.action.workflowId &&
    action.taskQueue === definition.action.taskQueue &&
    policies.overlap === definition.policies.overlap &&
    policies.catchupWindow === definition.policies.catchupWindow
  );
}
