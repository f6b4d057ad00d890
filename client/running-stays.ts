/** The stays that run, as visibility shows them, with what they know of the configuration and what it says of them now. */
import type { RawWorkflowExecutionInfo } from '@temporalio/client';
import type { Configuration } from '../config/configuration.ts';
import { revisionOf } from '../config/property-revision.ts';
import { snapshotProperty } from '../config/property-snapshot.ts';
import { UNCONFIGURED } from '../workflows/domain/property.ts';
import { type ConfigurationFact, WORKFLOW_TYPE } from '../workflows/messages.ts';
import { attributesOf } from './reservations/attributes.ts';
import type { Context } from './reservations/context.ts';
import { callTemporal, DEADLINE_MS } from './reservations/temporal-calls.ts';
import { allOf, equals, startsWith } from './reservations/visibility-query.ts';

export interface RunningStay {
  readonly workflowId: string;
  readonly propertyId: string;
  /** Of the configuration that it follows; null where it never heard of one. */
  readonly revision: string | null;
  /** That the booking names, as many as visibility holds. */
  readonly unitIds: readonly string[];
  readonly accessGrantIds: readonly string[];
  readonly startsAt: number;
  readonly endsAt: number;
}

const PAGE = 1_000;

/** @throws TemporalUnavailable */
export async function* runningStays({ client, deployment }: Pick<Context, 'client' | 'deployment'>): AsyncGenerator<RunningStay> {
  const query = allOf([
    equals('WorkflowType', WORKFLOW_TYPE),
    equals('ExecutionStatus', 'Running'),
    startsWith('WorkflowId', `${deployment}:`),
  ]);
  let token: Uint8Array | null = null;
  do {
    const { executions, next }: Page = await pageOf({ client, query, token });
    yield* executions.map(stayOf).filter((stay) => stay !== null);
    token = next;
  } while (token !== null);
}

interface Page {
  readonly executions: readonly RawWorkflowExecutionInfo[];
  readonly next: Uint8Array | null;
}

async function pageOf({ client, query, token }: Pick<Context, 'client'> & { query: string; token: Uint8Array | null }): Promise<Page> {
  const request = { namespace: client.options.namespace, query, pageSize: PAGE, nextPageToken: token };
  const call = () => client.workflowService.listWorkflowExecutions(request);
  const { executions, nextPageToken } = await callTemporal({ client, deadline: Date.now() + DEADLINE_MS.write, call });
  return { executions, next: nextPageToken.length > 0 ? nextPageToken : null };
}

function stayOf(execution: RawWorkflowExecutionInfo): RunningStay | null {
  const attributes = attributesOf(execution);
  const { LatchkeyProperty: propertyId, LatchkeyStartsAt: startsAt, LatchkeyEndsAt: endsAt } = attributes;
  const workflowId = execution.execution?.workflowId ?? '';
  if (propertyId === null || startsAt === null || endsAt === null) return null;
  return {
    workflowId,
    propertyId,
    revision: attributes.LatchkeyConfiguration,
    unitIds: attributes.LatchkeyUnits,
    accessGrantIds: attributes.LatchkeyGrantIds,
    startsAt: Date.parse(startsAt),
    endsAt: Date.parse(endsAt),
  };
}

interface Of<Stay> {
  readonly configuration: Configuration;
  readonly stay: Stay;
}

/** What `revision` has to be. */
export function expectedRevision({ configuration, stay }: Of<Pick<RunningStay, 'propertyId' | 'unitIds'>>): string {
  const settings = configuration.properties.get(stay.propertyId);
  return settings === undefined ? UNCONFIGURED : revisionOf({ settings, unitIds: stay.unitIds });
}

/** What the stay has to hear. */
export function propertyFact({ configuration, stay }: Of<RunningStay>): Omit<ConfigurationFact, 'mayRevoke'> {
  const { propertyId, unitIds, startsAt, endsAt } = stay;
  return { propertyId, unitIds, property: snapshotProperty({ configuration, propertyId, unitIds, from: startsAt, to: endsAt }) };
}
