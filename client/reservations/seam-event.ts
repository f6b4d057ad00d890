/**
 * A webhook of Seam's on its way to the workflow that it is about. Only named fields go on: an event may carry a code, a link or a
 * token, and none of them may enter a history.
 */
import { WorkflowNotFoundError } from '@temporalio/client';
import { z } from 'zod';
import { doorPlaceOf } from '../../activities/door-place.ts';
import type { DoorPlace, GrantAtDoor } from '../../activities/upkeep-ports.ts';
import { concernedStays, doorNewsOf } from '../../workflows/domain/door-events.ts';
import { workflowIdOfGrantKey } from '../../workflows/domain/ids.ts';
import { type SeamEvent, seamSignal, WORKFLOW_TYPE } from '../../workflows/messages.ts';
import { widestAttention } from '../attention.ts';
import type { Context } from './context.ts';
import { callTemporal, DEADLINE_MS } from './temporal-calls.ts';
import { allOf, canBeAsked, equals, startsWith } from './visibility-query.ts';

const ids = z.array(z.string().max(100)).max(100).catch([]);
const eventSchema = z.object({
  event_id: z.string().max(200),
  event_type: z.string().max(200),
  occurred_at: z.iso.datetime({ offset: true }).nullish().catch(null),
  access_grant_id: z.string().max(100).nullish().catch(null),
  access_grant_ids: ids.nullish(),
  access_grant_keys: z.array(z.string().max(1000)).max(100).nullish().catch(null),
  access_method_id: z.string().max(100).nullish().catch(null),
  acs_entrance_id: z.string().max(100).nullish().catch(null),
  acs_system_id: z.string().max(100).nullish().catch(null),
  device_id: z.string().max(100).nullish().catch(null),
  space_id: z.string().max(100).nullish().catch(null),
});

/** What the engine did itself a moment ago: it tells nothing, and each signal is billed. */
const TELLS_NOTHING = new Set(['access_grant.created', 'access_method.created']);

const isAboutAccess = (type: string): boolean => /^access_(?:grant|method)\./.test(type) && !TELLS_NOTHING.has(type);
const isHeard = (type: string): boolean => isAboutAccess(type) || doorNewsOf(type) !== null;

export interface SeamRoute {
  readonly context: Context;
  /** The verified event, unparsed. */
  readonly event: unknown;
  /** Asks Seam for the key of a grant; null where it knows no such grant. */
  readonly grantKeyOf: (accessGrantId: string) => Promise<string | null>;
  /** Asks Seam for the grants of a door or a space. */
  readonly grantsAt: (place: DoorPlace) => Promise<readonly GrantAtDoor[]>;
}

/** How many workflows heard of it: 0 for strangers, for what is closed, and for what tells nothing. @throws TemporalUnavailable */
export async function takeSeamEvent({ context, event, grantKeyOf, grantsAt }: SeamRoute): Promise<number> {
  const parsed = eventSchema.safeParse(event);
  if (!parsed.success || !isHeard(parsed.data.event_type)) return 0;
  const { access_grant_id: one, access_grant_ids: several, access_grant_keys: keys } = parsed.data;
  const accessGrantIds = [...new Set([...(one ? [one] : []), ...(several ?? [])])];
  const signal: SeamEvent = {
    eventId: parsed.data.event_id,
    eventType: parsed.data.event_type,
    occurredAt: parsed.data.occurred_at ? Date.parse(parsed.data.occurred_at) : Date.now(),
    accessGrantIds,
    accessMethodId: parsed.data.access_method_id ?? null,
    doorId: parsed.data.acs_entrance_id ?? parsed.data.device_id ?? null,
  };
  const place = doorPlaceOf(parsed.data);
  if (place !== null) return tellAtDoor({ context, signal, grants: await grantsAt(place) });
  const deadline = Date.now() + DEADLINE_MS.write;
  const byKey = workflowsOfKeys({ context, keys: keys ?? [] });
  const workflowIds = keys && keys.length > 0 ? byKey : await workflowsOfGrants({ context, accessGrantIds, grantKeyOf, deadline });
  const heard = await Promise.all(workflowIds.map((workflowId) => send({ context, workflowId, signal, deadline })));
  return heard.filter(Boolean).length;
}

/** Each stay hears of its own grants only. */
async function tellAtDoor({
  context,
  signal,
  grants,
}: {
  context: Context;
  signal: SeamEvent;
  grants: readonly GrantAtDoor[];
}): Promise<number> {
  const now = Date.now();
  const { deployment, configuration } = context;
  const attentionBefore = widestAttention(configuration);
  const stays = concernedStays({ grants, eventType: signal.eventType, deployment, attentionBefore, now });
  const deadline = now + DEADLINE_MS.write;
  const heard = await Promise.all(
    [...stays].map(([workflowId, accessGrantIds]) => send({ context, workflowId, signal: { ...signal, accessGrantIds }, deadline })),
  );
  return heard.filter(Boolean).length;
}

function workflowsOfKeys({ context: { deployment }, keys }: { context: Context; keys: readonly string[] }): readonly string[] {
  const found = keys.map((grantKey) => workflowIdOfGrantKey({ grantKey, deployment }));
  return [...new Set(found.filter((id) => id !== null))];
}

interface ByGrant {
  readonly context: Context;
  readonly accessGrantIds: readonly string[];
  readonly grantKeyOf: SeamRoute['grantKeyOf'];
  readonly deadline: number;
}

/**
 * By search attribute, for a deleted grant cannot be read any more; by Seam where visibility has not caught up. Closed runs count:
 * the last events of a stay come when it has ended, and Seam need not be asked for those.
 */
async function workflowsOfGrants({ context, accessGrantIds, grantKeyOf, deadline }: ByGrant): Promise<readonly string[]> {
  const found = await Promise.all(
    accessGrantIds.filter(canBeAsked).map(async (id) => {
      const known = await holdersOf({ context, id, deadline });
      if (known.length > 0) return known;
      const grantKey = await grantKeyOf(id);
      return workflowsOfKeys({ context, keys: grantKey === null ? [] : [grantKey] });
    }),
  );
  return [...new Set(found.flat())];
}

async function holdersOf({
  context: { client, deployment },
  id,
  deadline,
}: {
  context: Context;
  id: string;
  deadline: number;
}): Promise<readonly string[]> {
  const query = allOf([equals('LatchkeyGrantIds', id), equals('WorkflowType', WORKFLOW_TYPE), startsWith('WorkflowId', `${deployment}:`)]);
  const request = { namespace: client.options.namespace, query, pageSize: 10 };
  const { executions } = await callTemporal({ client, deadline, call: () => client.workflowService.listWorkflowExecutions(request) });
  return executions.flatMap(({ execution }) => (execution?.workflowId ? [execution.workflowId] : []));
}

async function send({
  context: { client },
  workflowId,
  signal,
  deadline,
}: {
  context: Context;
  workflowId: string;
  signal: SeamEvent;
  deadline: number;
}): Promise<boolean> {
  try {
    await callTemporal({ client, deadline, call: () => client.workflow.getHandle(workflowId).signal(seamSignal, signal) });
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}
