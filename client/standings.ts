/** How stays stand, asked of visibility in batches: no workflow is woken. */
import type { Client, RawWorkflowExecutionInfo } from '@temporalio/client';
import type { StandingPort } from '../activities/upkeep-ports.ts';
import type { Standing } from '../workflows/domain/standing.ts';
import { WORKFLOW_TYPE } from '../workflows/messages.ts';
import { attributesOf } from './reservations/attributes.ts';
import { lastRun } from './reservations/last-run.ts';
import { callTemporal, DEADLINE_MS } from './reservations/temporal-calls.ts';
import { allOf, type Condition, canBeAsked, equals, oneOf, startsWith } from './reservations/visibility-query.ts';

/** Values in one question: a query has a length that servers accept. */
const BATCH = 50;
const PAGE = 1_000;

/** `temporal.api.enums.v1.WorkflowExecutionStatus`: running, continued as new (its successor may not be visible yet), paused; completed. */
const RUNNING: readonly number[] = [1, 6, 8];
const COMPLETED = 2;

interface Deployment {
  readonly client: Client;
  readonly deployment: string;
}

/** Each method throws `TemporalUnavailable` where Temporal does not answer within 5 s. */
export function createStandings({ client, deployment }: Deployment): StandingPort {
  const of = { client, deployment };
  return {
    async ofWorkflows(workflowIds) {
      const standings = await inBatches({ of, values: workflowIds, where: (some) => oneOf('WorkflowId', some) });
      return new Map(standings.map((standing) => [standing.workflowId, standing]));
    },
    async ofGrants(accessGrantIds) {
      const standings = await inBatches({ of, values: accessGrantIds, where: (some) => oneOf('LatchkeyGrantIds', some) });
      return new Map(standings.flatMap((standing) => standing.accessGrantIds.map((id) => [id, standing] as const)));
    },
    async running({ cursor }) {
      const token = cursor === null ? null : Buffer.from(cursor, 'base64');
      const { executions, next } = await page({ of, where: [equals('ExecutionStatus', 'Running')], token });
      return { standings: latest(executions), next: next === null ? null : next.toString('base64') };
    },
    async liveGrants(propertyId) {
      if (!canBeAsked(propertyId)) return 0;
      const where = [equals('ExecutionStatus', 'Running'), equals('LatchkeyProperty', propertyId)];
      return latest(await pages({ of, where })).reduce((sum, standing) => sum + standing.accessGrantIds.length, 0);
    },
    async isClosed(workflowId) {
      const run = await lastRun({ context: { client }, workflowId, deadline: Date.now() + DEADLINE_MS.write });
      return run !== null && !run.running;
    },
  };
}

interface Batches {
  readonly of: Deployment;
  readonly values: readonly string[];
  readonly where: (values: readonly string[]) => Condition;
}

async function inBatches({ of, values, where }: Batches): Promise<readonly Standing[]> {
  const asked = [...new Set(values)].filter(canBeAsked);
  const found: RawWorkflowExecutionInfo[] = [];
  for (let at = 0; at < asked.length; at += BATCH) found.push(...(await pages({ of, where: [where(asked.slice(at, at + BATCH))] })));
  return latest(found);
}

interface Question {
  readonly of: Deployment;
  readonly where: readonly Condition[];
}

async function pages(question: Question): Promise<readonly RawWorkflowExecutionInfo[]> {
  const found: RawWorkflowExecutionInfo[] = [];
  let token: Buffer | null = null;
  do {
    const { executions, next }: Page = await page({ ...question, token });
    found.push(...executions);
    token = next;
  } while (token !== null);
  return found;
}

interface Page {
  readonly executions: readonly RawWorkflowExecutionInfo[];
  readonly next: Buffer | null;
}

async function page({ of: { client, deployment }, where, token }: Question & { token: Buffer | null }): Promise<Page> {
  const query = allOf([equals('WorkflowType', WORKFLOW_TYPE), startsWith('WorkflowId', `${deployment}:`), ...where]);
  const request = { namespace: client.options.namespace, query, pageSize: PAGE, nextPageToken: token };
  const deadline = Date.now() + DEADLINE_MS.write;
  const answer = await callTemporal({ client, deadline, call: () => client.workflowService.listWorkflowExecutions(request) });
  return { executions: answer.executions, next: answer.nextPageToken.length > 0 ? Buffer.from(answer.nextPageToken) : null };
}

/** Of several runs under one id the one that started last speaks for the stay. */
function latest(runs: readonly RawWorkflowExecutionInfo[]): readonly Standing[] {
  const byId = new Map<string, RawWorkflowExecutionInfo>();
  for (const run of runs) {
    const workflowId = run.execution?.workflowId ?? '';
    const other = byId.get(workflowId);
    if (other === undefined || startOf(run) > startOf(other)) byId.set(workflowId, run);
  }
  return [...byId].map(([workflowId, run]) => standingOf({ workflowId, run }));
}

const startOf = ({ startTime }: RawWorkflowExecutionInfo): number =>
  Number(startTime?.seconds ?? 0) * 1_000 + (startTime?.nanos ?? 0) / 1e6;

function standingOf({ workflowId, run }: { workflowId: string; run: RawWorkflowExecutionInfo }): Standing {
  const { LatchkeyReadiness: readiness, LatchkeyProperty: propertyId, LatchkeyGrantIds: accessGrantIds } = attributesOf(run);
  const status = Number(run.status ?? 0);
  const state = RUNNING.includes(status) ? 'running' : status === COMPLETED ? 'over' : 'broken_off';
  return { workflowId, state, readiness, propertyId, accessGrantIds };
}
