/** Seam's log of events: the same bodies as the webhooks, kept by Seam (`/events/list`). */
import { z } from 'zod';
import { CAUGHT_UP_TYPES } from '../../../workflows/domain/catch-up-plan.ts';
import { doorPlaceOf } from '../../door-place.ts';
import type { EventLogPort, LoggedEvent } from '../../upkeep-ports.ts';
import { connectToSeam, type SeamConnection } from './calls.ts';

/** Seam's own default. */
const PAGE = 500;

const list = z.array(z.string()).nullish();

const route = z.object({
  event_id: z.string(),
  event_type: z.string(),
  access_grant_id: z.string().nullish(),
  access_grant_ids: list,
  access_grant_keys: list,
  device_id: z.string().nullish(),
  acs_entrance_id: z.string().nullish(),
  acs_system_id: z.string().nullish(),
  space_id: z.string().nullish(),
});

/** What has no id cannot be told apart from the next one, and is dropped by the intake, too. */
function logged(body: unknown): readonly LoggedEvent[] {
  const parsed = route.safeParse(body);
  if (!parsed.success) return [];
  const {
    event_id: eventId,
    event_type: eventType,
    access_grant_id: one,
    access_grant_ids: several,
    access_grant_keys: keys,
  } = parsed.data;
  const accessGrantIds = [...new Set([...(one ? [one] : []), ...(several ?? [])])];
  return [{ eventId, eventType, grantKeys: keys ?? [], accessGrantIds, place: doorPlaceOf(parsed.data), body }];
}

export function createEventLog({ apiKey, endpoint }: SeamConnection): EventLogPort {
  const connect = connectToSeam({ apiKey, endpoint });
  return {
    async page({ after, before, offset }, signal) {
      const between = [new Date(after).toISOString(), new Date(before).toISOString()];
      const events = await connect(signal).read({
        answer: z.array(z.unknown()),
        send: (api) => api.events.list({ between, event_types: [...CAUGHT_UP_TYPES], limit: PAGE, unstable_offset: offset }),
      });
      return events.flatMap(logged);
    },
  };
}
