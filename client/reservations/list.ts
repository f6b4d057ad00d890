/** The list of reservations, from Temporal's visibility alone: no workflow is woken. Eventually consistent; the latest run per key. */
import type { RawWorkflowExecutionInfo } from '@temporalio/client';
import { reservationKeyText } from '../../workflows/domain/ids.ts';
import type { ReservationStatus } from '../../workflows/domain/reservation.ts';
import type { Readiness } from '../../workflows/domain/view-types.ts';
import { WORKFLOW_TYPE } from '../../workflows/messages.ts';
import { attributesOf, dateOf } from './attributes.ts';
import type { Context, Scope } from './context.ts';
import { cursorOf, tokenOf } from './cursor.ts';
import { withoutSuperseded } from './superseded.ts';
import { callTemporal, DEADLINE_MS } from './temporal-calls.ts';
import { allOf, atLeast, atMost, type Condition, canBeAsked, differs, equals, oneOf, startsWith } from './visibility-query.ts';

export interface ListFilters {
  readonly property?: string | undefined;
  readonly status?: ReservationStatus | undefined;
  readonly readiness?: Readiness | undefined;
  /** `YYYY-MM-DD` of the property, both included. */
  readonly arrivingFrom?: string | undefined;
  readonly arrivingTo?: string | undefined;
}

interface Listed {
  readonly key: string;
  readonly source: string;
  readonly reservationId: string;
  readonly workflowId: string;
  readonly propertyId: string | null;
  readonly status: string | null;
  readonly readiness: string | null;
  readonly window: { readonly startsAt: string | null; readonly endsAt: string | null; readonly timeZone: string | null };
  readonly arrivalDate: string | null;
  readonly unitIds: readonly string[];
  /** The revision of its property's configuration that it follows. */
  readonly configuration: string | null;
}

export interface ReservationList {
  readonly reservations: readonly Listed[];
  readonly nextCursor: string | null;
}

interface Asked {
  readonly context: Context;
  readonly filters: ListFilters;
  readonly limit: number;
  readonly cursor: string | null;
  readonly scope: Scope;
}

/** A page may be shorter than `limit` though more follow. @throws BadRequest (cursor), TemporalUnavailable */
export async function list({ context, filters, limit, cursor, scope }: Asked): Promise<ReservationList> {
  if (matchesNothing({ filters, scope })) return { reservations: [], nextCursor: null };
  const query = allOf([...ourRuns(context), ...filterConditions(filters), ...scopeConditions(scope)]);
  const nextPageToken = cursor === null ? null : tokenOf({ query, cursor });
  const { client } = context;
  const deadline = Date.now() + DEADLINE_MS.write;
  const request = { namespace: client.options.namespace, query, pageSize: limit, nextPageToken };
  const page = await callTemporal({ client, deadline, call: () => client.workflowService.listWorkflowExecutions(request) });
  const runs = await withoutSuperseded({ context, runs: page.executions, deadline });
  return {
    reservations: runs.map((run) => listed({ context, run })),
    nextCursor: page.nextPageToken.length > 0 ? cursorOf({ query, token: page.nextPageToken }) : null,
  };
}

/** A run that went on as new is history of the one that follows it. */
const ourRuns = ({ deployment }: Context): Condition[] => [
  equals('WorkflowType', WORKFLOW_TYPE),
  startsWith('WorkflowId', `${deployment}:`),
  differs('ExecutionStatus', 'ContinuedAsNew'),
];

const matchesNothing = ({ filters: { property }, scope: { sources, properties } }: { filters: ListFilters; scope: Scope }): boolean =>
  sources?.some(canBeAsked) === false || properties?.some(canBeAsked) === false || (property !== undefined && !canBeAsked(property));

const asInteger = (date: string): number => Number(date.replaceAll('-', ''));

const filterConditions = ({ property, status, readiness, arrivingFrom, arrivingTo }: ListFilters): Condition[] => [
  ...(property === undefined ? [] : [equals('LatchkeyProperty', property)]),
  ...(status === undefined ? [] : [equals('LatchkeyStatus', status)]),
  ...(readiness === undefined ? [] : [equals('LatchkeyReadiness', readiness)]),
  ...(arrivingFrom === undefined ? [] : [atLeast('LatchkeyArrivalDate', asInteger(arrivingFrom))]),
  ...(arrivingTo === undefined ? [] : [atMost('LatchkeyArrivalDate', asInteger(arrivingTo))]),
];

const scopeConditions = ({ sources, properties }: Scope): Condition[] => [
  ...(sources === null ? [] : [oneOf('LatchkeySource', sources.filter(canBeAsked))]),
  ...(properties === null ? [] : [oneOf('LatchkeyProperty', properties.filter(canBeAsked))]),
];

function listed({ context: { deployment, configuration }, run }: { context: Context; run: RawWorkflowExecutionInfo }): Listed {
  const workflowId = run.execution?.workflowId ?? '';
  const attributes = attributesOf(run);
  const key = workflowId.slice(deployment.length + 1);
  const source = attributes.LatchkeySource ?? key.slice(0, key.indexOf(':'));
  const reservationId = key.slice(source.length + 1);
  const propertyId = attributes.LatchkeyProperty;
  const date = attributes.LatchkeyArrivalDate;
  return {
    key: reservationKeyText({ source, reservationId }),
    source,
    reservationId,
    workflowId,
    propertyId,
    status: attributes.LatchkeyStatus,
    readiness: attributes.LatchkeyReadiness,
    window: {
      startsAt: attributes.LatchkeyStartsAt,
      endsAt: attributes.LatchkeyEndsAt,
      timeZone: configuration.properties.get(propertyId ?? '')?.timeZone ?? null,
    },
    arrivalDate: date === null ? null : dateOf(date),
    unitIds: attributes.LatchkeyUnits,
    configuration: attributes.LatchkeyConfiguration,
  };
}
