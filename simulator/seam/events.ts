/** /events: the log of everything that happened, with the same bodies as the webhooks. */
import { z } from 'zod';
import { invalid, notFound } from './errors.ts';
import { id, list, text, time } from './parameters.ts';
import type { SeamEvent } from './records.ts';
import { type Routes, route } from './route.ts';
import type { Workspace } from './workspace.ts';

const ID_FILTERS = [
  'access_grant',
  'access_method',
  'access_code',
  'acs_credential',
  'acs_user',
  'acs_entrance',
  'acs_system',
  'device',
  'space',
  'user_identity',
] as const;

const listParameters = z.object({
  since: time.optional(),
  between: list(time)
    .refine((range) => range.length === 2, 'Expected a beginning and an end')
    .optional(),
  event_type: text.optional(),
  event_types: list(text).optional(),
  event_ids: list(id).optional(),
  limit: z.coerce.number().int().min(1).default(500),
  unstable_offset: z.coerce.number().int().min(0).default(0),
});

/** Each resource may be filtered by one id or by several. */
const idParameters = z.object(
  Object.fromEntries(
    ID_FILTERS.flatMap((noun) => [
      [`${noun}_id`, id.optional()],
      [`${noun}_ids`, list(id).optional()],
    ]),
  ) as Record<string, z.ZodType<string | string[] | undefined>>,
);

const about = (event: SeamEvent, noun: string): unknown[] => {
  const many = event[`${noun}_ids`];
  return [event[`${noun}_id`], ...(Array.isArray(many) ? many : [])];
};

type IdFilters = Readonly<Record<string, string | string[] | undefined>>;

function matchesIds(event: SeamEvent, filters: IdFilters): boolean {
  return ID_FILTERS.every((noun) => {
    const wanted = [filters[`${noun}_id`] ?? [], filters[`${noun}_ids`] ?? []].flat();
    return wanted.length === 0 || about(event, noun).some((value) => typeof value === 'string' && wanted.includes(value));
  });
}

function listEvents(
  events: readonly SeamEvent[],
  query: z.infer<typeof listParameters> & { readonly ids: IdFilters },
): readonly SeamEvent[] {
  const [from = query.since, to = Number.POSITIVE_INFINITY] = query.between ?? [];
  if (from === undefined && query.event_ids === undefined) throw invalid('since', 'Either since or between is required');
  const types = [...(query.event_types ?? []), ...(query.event_type === undefined ? [] : [query.event_type])];
  const found = events.filter((event) => {
    const at = Date.parse(event.created_at);
    if (from !== undefined && (at < from || at > to)) return false;
    if (types.length > 0 && !types.includes(event.event_type)) return false;
    if (query.event_ids !== undefined && !query.event_ids.includes(event.event_id)) return false;
    return matchesIds(event, query.ids);
  });
  return found.slice(query.unstable_offset, query.unstable_offset + query.limit);
}

export function eventRoutes({ state }: Workspace): Routes {
  return {
    '/events/list': route(
      'GET',
      z.intersection(
        listParameters,
        idParameters.transform((ids) => ({ ids })),
      ),
      (query) => ({ events: listEvents(state.events, query) }),
    ),
    '/events/get': route('GET', z.object({ event_id: id.optional(), event_type: text.optional(), device_id: id.optional() }), (wanted) => {
      const event = state.events.findLast((other) =>
        Object.entries(wanted).every(([field, value]) => value === undefined || other[field] === value),
      );
      if (event === undefined) throw notFound('event');
      return { event, message: event.event_type };
    }),
  };
}
