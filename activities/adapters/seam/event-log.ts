/** Seam's log of events: the same bodies as the webhooks, kept by Seam (`/events/list`). */
import { z } from 'zod';
import type { caughtUpTypes } from '../../../workflows/domain/catch-up-plan.ts';
import { markedId } from '../../../workflows/domain/low-level.ts';
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
  acs_credential_id: z.string().nullish(),
  access_code_id: z.string().nullish(),
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
    acs_credential_id: credentialId,
    access_code_id: codeId,
  } = parsed.data;
  const handles = [
    ...(one ? [one] : []),
    ...(several ?? []),
    ...(credentialId ? [markedId({ provider: 'acs', id: credentialId })] : []),
    ...(codeId ? [markedId({ provider: 'access_codes', id: codeId })] : []),
  ];
  return [{ eventId, eventType, grantKeys: keys ?? [], handles: [...new Set(handles)], place: doorPlaceOf(parsed.data), body }];
}

interface Reading extends SeamConnection {
  readonly types: ReturnType<typeof caughtUpTypes>;
}

export function createEventLog({ apiKey, endpoint, types }: Reading): EventLogPort {
  const connect = connectToSeam({ apiKey, endpoint });
  return {
    async page({ after, before, offset }, signal) {
      const between = [new Date(after).toISOString(), new Date(before).toISOString()];
      const events = await connect(signal).read({
        answer: z.array(z.unknown()),
        send: (api) => api.events.list({ between, event_types: [...types], limit: PAGE, unstable_offset: offset }),
      });
      return events.flatMap(logged);
    },
  };
}
