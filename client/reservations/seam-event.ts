/**
 * A webhook of Seam's on its way to the workflow that it is about. Only named fields go on: an event may carry a code, a link or a
 * token, and none of them may enter a history.
 */
import { z } from 'zod';
import { doorPlaceOf } from '../../activities/door-place.ts';
import type { DoorPlace, GrantAtDoor } from '../../activities/upkeep-ports.ts';
import { doorNewsOf } from '../../workflows/domain/door-events.ts';
import { KEY_USED } from '../../workflows/domain/first-use.ts';
import { type SeamEvent, WORKFLOW_TYPE } from '../../workflows/messages.ts';
import type { Context } from './context.ts';
import { tellAtDoor } from './door-event.ts';
import { type KeyUses, takeUse } from './key-use.ts';
import { sendAll, workflowsOfKeys } from './seam-signal.ts';
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
  access_code_id: z.string().max(100).nullish().catch(null),
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
  readonly keyUses: KeyUses;
}

/** How many workflows heard of it: 0 for strangers, for what is closed, and for what tells nothing. @throws TemporalUnavailable */
export async function takeSeamEvent({ context, event, grantKeyOf, grantsAt, keyUses }: SeamRoute): Promise<number> {
  const parsed = eventSchema.safeParse(event);
  if (!parsed.success) return 0;
  const isUse = parsed.data.event_type === KEY_USED;
  if (!isUse && !isHeard(parsed.data.event_type)) return 0;
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
  const deadline = Date.now() + DEADLINE_MS.write;
  const place = doorPlaceOf(parsed.data);
  if (place !== null) return tellAtDoor({ context, signal, deadline, grants: await grantsAt(place) });
  if (isUse) return takeUse({ context, signal, accessCodeId: parsed.data.access_code_id ?? null, keyUses, deadline });
  const byKey = workflowsOfKeys({ context, keys: keys ?? [] });
  const workflowIds = keys && keys.length > 0 ? byKey : await workflowsOfGrants({ context, accessGrantIds, grantKeyOf, deadline });
  return sendAll({ context, workflowIds, signal, deadline });
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
