/**
 * A webhook of Seam's on its way to the workflow that it is about. Only named fields go on: an event may carry a code, a link or a
 * token, and none of them may enter a history.
 */
import { z } from 'zod';
import { doorPlaceOf } from '../../activities/door-place.ts';
import type { DoorPlace, GrantAtDoor } from '../../activities/upkeep-ports.ts';
import { providersOf } from '../../config/configuration.ts';
import { caughtUpTypes } from '../../workflows/domain/catch-up-plan.ts';
import { KEY_USED } from '../../workflows/domain/first-use.ts';
import type { SeamEvent } from '../../workflows/messages.ts';
import type { GrantKeyOf } from '../grant-keys.ts';
import type { Context } from './context.ts';
import { tellAtDoor } from './door-event.ts';
import { type KeyUses, takeUse } from './key-use.ts';
import { sendAll, workflowsOfKeys } from './seam-signal.ts';
import { holdersOf, type Named, namedIn } from './seam-subjects.ts';
import { DEADLINE_MS } from './temporal-calls.ts';
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
  action_attempt_id: id,
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
  readonly keyUses: KeyUses;
}

/** How many workflows heard of it: 0 for strangers, for what is closed, and for what tells nothing. @throws TemporalUnavailable */
export async function takeSeamEvent({ context, event, grantKeyOf, grantsAt, keyUses }: SeamRoute): Promise<number> {
  const parsed = eventSchema.safeParse(event);
  if (!parsed.success) return 0;
  const isUse = parsed.data.event_type === KEY_USED;
  if (!isUse && !isHeard({ context, type: parsed.data.event_type })) return 0;
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
  const deadline = Date.now() + DEADLINE_MS.write;
  const place = doorPlaceOf(parsed.data);
  if (place !== null) return tellAtDoor({ context, signal, deadline, grants: await grantsAt(place) });
  // What Seam itself was asked to open, somebody here or at a screen opened: no key was used.
  if (isUse && parsed.data.action_attempt_id) return 0;
  if (isUse) return takeUse({ context, signal, accessCodeId: parsed.data.access_code_id ?? null, keyUses, deadline });
  const byKey = workflowsOfKeys({ context, keys: keys ?? [] });
  const named = namedIn({ ...parsed.data, accessGrantIds });
  const workflowIds = keys && keys.length > 0 ? byKey : await workflowsOf({ context, named, grantKeyOf, deadline });
  return sendAll({ context, workflowIds, signal, deadline });
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
