/** The way to the brake of one property (rule 10): its workflow is started by the first question and ends by itself. */
import { ApplicationFailure, WithStartWorkflowOperation, WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client';
import {
  type ApproveBrake,
  type AskBrake,
  approveBrakeUpdate,
  askBrakeUpdate,
  BRAKE_TYPE,
  type BrakeArguments,
  type BrakeView,
  brakeQuery,
} from '../workflows/brake-messages.ts';
import type { BrakeQuestion } from '../workflows/domain/brake.ts';
import { Conflict } from './refusals.ts';
import type { Context } from './reservations/context.ts';
import { callTemporal, callWorker, DEADLINE_MS } from './reservations/temporal-calls.ts';
import { allOf, equals, startsWith } from './reservations/visibility-query.ts';
import { staffOf } from './staff-contact.ts';

interface Of {
  readonly context: Context;
  readonly propertyId: string;
}

const prefixOf = ({ deployment }: Context): string => `${deployment}/brake/`;
const workflowIdOf = ({ context, propertyId }: Of): string => prefixOf(context) + propertyId;
const deadline = (): number => Date.now() + DEADLINE_MS.worker;

/** The ids of the revocations that may go now. @throws TemporalUnavailable, NoWorker; then none may */
export async function askBrake({ context, propertyId, question }: Of & { readonly question: BrakeQuestion }): Promise<readonly string[]> {
  const view = await brakeOf({ context, propertyId });
  // What is asked again and again while somebody thinks about it would only fill the history.
  if (isKnown({ view, question })) return [];
  const { client, taskQueue, configuration } = context;
  const start: BrakeArguments = { propertyId, carried: null };
  const asked: AskBrake = { ...question, alert: staffOf(configuration.properties.get(propertyId)) };
  const workflowId = workflowIdOf({ context, propertyId });
  const call = (): Promise<readonly string[]> =>
    client.workflow.executeUpdateWithStart(askBrakeUpdate, {
      args: [asked],
      startWorkflowOperation: new WithStartWorkflowOperation(BRAKE_TYPE, {
        workflowId,
        taskQueue,
        args: [start],
        workflowIdConflictPolicy: 'USE_EXISTING',
      }),
    });
  return callWorker({ client, deadline: deadline(), call });
}

/** Exactly this is stopped, or nothing is asked and nothing stopped. */
function isKnown({ view, question: { cause, revocations } }: { view: BrakeView | null; question: BrakeQuestion }): boolean {
  const stopped = new Set(view?.stopped.flatMap((revocation) => (revocation.cause === cause ? [revocation.id] : [])));
  return stopped.size === revocations.length && revocations.every(({ id }) => stopped.has(id));
}

/** null: no brake of that property stops anything. */
async function brakeOf(of: Of): Promise<BrakeView | null> {
  const { client } = of.context;
  try {
    const call = (): Promise<BrakeView> => client.workflow.getHandle(workflowIdOf(of)).query(brakeQuery);
    return await callWorker({ client, deadline: deadline(), call });
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  }
}

/** Those that stop something now, as visibility knows them: a fresh one may be missing for a second. */
export async function brakes(context: Context): Promise<readonly BrakeView[]> {
  const { client } = context;
  const prefix = prefixOf(context);
  const query = allOf([equals('WorkflowType', BRAKE_TYPE), equals('ExecutionStatus', 'Running'), startsWith('WorkflowId', prefix)]);
  const request = { namespace: client.options.namespace, query, pageSize: 1_000 };
  const call = () => client.workflowService.listWorkflowExecutions(request);
  const { executions } = await callTemporal({ client, deadline: deadline(), call });
  const ids = executions.map(({ execution }) => execution?.workflowId?.slice(prefix.length) ?? '');
  const views = await Promise.all(ids.map((propertyId) => brakeOf({ context, propertyId })));
  return views.filter((view) => view !== null).filter(({ stopped }) => stopped.length > 0);
}

/** How many revocations may go now. @throws Conflict where something else is stopped by now, TemporalUnavailable, NoWorker */
export async function approveBrake({ context, propertyId, ...approval }: Of & ApproveBrake): Promise<number> {
  const { client } = context;
  const call = (): Promise<number> =>
    client.workflow.getHandle(workflowIdOf({ context, propertyId })).executeUpdate(approveBrakeUpdate, { args: [approval] });
  try {
    return await callWorker({ client, deadline: deadline(), call });
  } catch (error) {
    if (error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure) throw new Conflict(error.cause.message);
    if (error instanceof WorkflowNotFoundError) throw new Conflict('The brake stops nothing any more.');
    throw error;
  }
}
