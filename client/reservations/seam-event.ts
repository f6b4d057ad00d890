/**
 * A webhook of Seam's on its way to the workflow that it is about. Only named fields go on: an event may carry a code, a link or a
 * token, and none of them may enter a history.
 */
import { WorkflowNotFoundError } from '@temporalio/client';
import { z } from 'zod';
import { doorPlaceOf } from '../../activities/door-place.ts';
import type { DoorPlace, GrantAtDoor } from '../../activities/upkeep-ports.ts';
import { providersOf } from '../../config/configuration.ts';
import { caughtUpTypes } from '../../workflows/domain/catch-up-plan.ts';
import { concernedStays } from '../../workflows/domain/door-events.ts';
import { workflowIdOfGrantKey } from '../../workflows/domain/ids.ts';
import { type SeamEvent, seamSignal } from '../../workflows/messages.ts';
import { widestAttention } from '../attention.ts';
import type { GrantKeyOf } from '../grant-keys.ts';
import type { Context } from './context.ts';
import { holdersOf, type Named, namedIn } from './seam-subjects.ts';
import { callTemporal, DEADLINE_MS } from './temporal-calls.ts';
import { canBeAsked } from './visibility-query.ts';

const ids = z.array(z.string().max(100)).max(100).catch([]);
const id = z.string().max(100).nullish().catch(null);
const eventSchema = z.object({
  event_id: z.string().max(200),
  event_type: z.string().max(200),
  occurred_at: z.iso.datetime({ offset: true }).nullish().catch(null),
  access_grant_id: id,
  access_grant_ids: ids.nullish(),
  access_grant_keys: z.array(z.string().max(1000)).max(100).nullish().catch(null),
  access_method_id: id,
  acs_credential_id: id,
  acs_user_id: id,
  access_code_id: id,
  acs_entrance_id: id,
  acs_system_id: id,
  device_id: id,
  space_id: id,
});

/** What the engine did itself a moment ago: it tells nothing, and each signal is billed. */
const TELLS_NOTHING = new Set(['access_grant.created', 'access_method.created']);

/** Grants make credentials and codes of their own, whose events tell nothing that those of the grant do not. */
const isHeard = ({ context: { configuration }, type }: { readonly context: Context; readonly type: string }): boolean =>
  /^access_(?:grant|method)\./.test(type)
    ? !TELLS_NOTHING.has(type)
    : caughtUpTypes(providersOf(configuration)).some((caughtUp) => caughtUp === type);

export interface SeamRoute {
  readonly context: Context;
  /** The verified event, unparsed. */
  readonly event: unknown;
  readonly grantKeyOf: GrantKeyOf;
  /** Asks Seam for the grants of a door or a space. */
  readonly grantsAt: (place: DoorPlace) => Promise<readonly GrantAtDoor[]>;
}

/** How many workflows heard of it: 0 for strangers, for what is closed, and for what tells nothing. @throws TemporalUnavailable */
export async function takeSeamEvent({ context, event, grantKeyOf, grantsAt }: SeamRoute): Promise<number> {
  const parsed = eventSchema.safeParse(event);
  if (!parsed.success || !isHeard({ context, type: parsed.data.event_type })) return 0;
  const { access_grant_id: one, access_grant_ids: several, access_grant_keys: keys } = parsed.data;
  const accessGrantIds = [...new Set([...(one ? [one] : []), ...(several ?? [])])];
  const signal: SeamEvent = {
    eventId: parsed.data.event_id,
    eventType: parsed.data.event_type,
    occurredAt: parsed.data.occurred_at ? Date.parse(parsed.data.occurred_at) : Date.now(),
    accessGrantIds,
    accessMethodId: parsed.data.access_method_id ?? parsed.data.acs_credential_id ?? parsed.data.access_code_id ?? null,
    doorId: parsed.data.acs_entrance_id ?? parsed.data.device_id ?? null,
  };
  const place = doorPlaceOf(parsed.data);
  if (place !== null) return tellAtDoor({ context, signal, grants: await grantsAt(place) });
  const deadline = Date.now() + DEADLINE_MS.write;
  const byKey = workflowsOfKeys({ context, keys: keys ?? [] });
  const named = namedIn({ ...parsed.data, accessGrantIds });
  const workflowIds = keys && keys.length > 0 ? byKey : await workflowsOf({ context, named, grantKeyOf, deadline });
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
  return [...new Set(found.filter((workflowId) => workflowId !== null))];
}

interface ById {
  readonly context: Context;
  readonly named: readonly Named[];
  readonly grantKeyOf: GrantKeyOf;
  readonly deadline: number;
}

/**
 * By search attribute, for what is deleted cannot be read any more; by Seam where visibility has not caught up. Closed runs count: the
 * last events of a stay come when it has ended, and Seam need not be asked for those.
 */
async function workflowsOf({ context, named, grantKeyOf, deadline }: ById): Promise<readonly string[]> {
  const found = await Promise.all(
    named
      .filter((one) => canBeAsked(one.id))
      .map(async (one) => {
        const known = await holdersOf({ context, named: one, deadline });
        if (known.length > 0) return known;
        const key = await grantKeyOf(one);
        return workflowsOfKeys({ context, keys: key === null ? [] : [key] });
      }),
  );
  return [...new Set(found.flat())];
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
