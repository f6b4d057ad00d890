/**
 * Brings to the stays what their webhooks did not: reads Seam's log since the last time and passes on what is still news. It costs by
 * events, not by reservations.
 */
import { log } from '@temporalio/activity';
import { isOldNews } from '../workflows/domain/catch-up-plan.ts';
import { concernedStays } from '../workflows/domain/door-events.ts';
import { workflowIdOfGrantKey } from '../workflows/domain/ids.ts';
import { CATCH_UP } from '../workflows/domain/pace.ts';
import type { Duration, Instant } from '../workflows/domain/reservation.ts';
import { whileBeating } from './heartbeat.ts';
import { RecentIds } from './recent-ids.ts';
import { sideBySide } from './side-by-side.ts';
import type { EventLogPort, HousePort, LoggedEvent, StandingPort, StayPort } from './upkeep-ports.ts';

export interface CatchUpDeps {
  readonly deployment: string;
  readonly eventLog: EventLogPort;
  readonly standings: StandingPort;
  readonly stays: StayPort;
  readonly house: HousePort;
  /** Of the property that looks furthest ahead. */
  readonly widestAttention: Duration;
  /** The clock by which Seam's log is cut. */
  readonly now: () => Instant;
}

/** Milliseconds after which an attempt ends with what it has, and the next run goes on from there. */
const BUDGET = 40_000;
const SIGNALS_AT_ONCE = 20;
/** Events of several overlaps of a large house. */
const REMEMBERED = 10_000;

export function createCatchUp(deps: CatchUpDeps) {
  const passedOn = new RecentIds(REMEMBERED);
  return {
    /** `until`: everything up to there was looked at; it may lie before `since` where a clock was set back. */
    catchUpEvents: ({ since }: { readonly since: Instant }): Promise<{ readonly until: Instant }> =>
      whileBeating(async (signal) => {
        const started = performance.now();
        const end = deps.now() - CATCH_UP.leftToWebhooks;
        let until = Math.min(since, end);
        do {
          const after = until - CATCH_UP.overlap;
          until = Math.min(until + CATCH_UP.span, end);
          await passOn({ deps, passedOn, after, before: until, signal });
        } while (until < end && performance.now() - started < BUDGET);
        return { until };
      }),
  };
}

interface Span {
  readonly deps: CatchUpDeps;
  readonly passedOn: RecentIds;
  readonly after: Instant;
  readonly before: Instant;
  readonly signal: AbortSignal;
}

/** Page by page until one holds nothing new: the offset is Seam's only cursor, and the span lies in the past, so nothing shifts. */
async function passOn({ deps, passedOn, after, before, signal }: Span): Promise<void> {
  const seen = new Set<string>();
  let heard = 0;
  for (let offset = 0; ; ) {
    const page = await deps.eventLog.page({ after, before, offset }, signal);
    const fresh = page.filter(({ eventId }) => !seen.has(eventId));
    if (fresh.length === 0) break;
    for (const { eventId } of fresh) seen.add(eventId);
    offset += page.length;
    const unheard = fresh.filter(({ eventId }) => !passedOn.has(eventId));
    const news = await newsAmong({ deps, events: unheard, signal });
    // Whom a door concerns is asked of Seam once; what is dropped wrongly the sweep finds.
    for (const { eventId, place } of unheard) if (place !== null && !news.some((event) => event.eventId === eventId)) passedOn.add(eventId);
    const counts = await sideBySide({
      items: news,
      width: SIGNALS_AT_ONCE,
      signal,
      work: async ({ eventId, body }) => {
        const count = await deps.stays.hear(body);
        passedOn.add(eventId);
        return count;
      },
    });
    heard += counts.reduce((sum, count) => sum + count, 0);
  }
  if (heard > 0) log.info('caught up', { heard, events: seen.size });
}

interface Asked {
  readonly deps: CatchUpDeps;
  readonly signal: AbortSignal;
}

/** The stays that the events about doors concern, by event id. */
async function concerned({
  deps,
  events,
  signal,
}: Asked & { events: readonly LoggedEvent[] }): Promise<ReadonlyMap<string, readonly string[]>> {
  const { house, deployment, widestAttention: attentionBefore } = deps;
  const work = async ({ eventId, eventType, place }: LoggedEvent): Promise<readonly [string, readonly string[]]> => {
    const grants = place === null ? [] : await house.grantsAt(place, signal);
    return [eventId, [...concernedStays({ grants, eventType, deployment, attentionBefore, now: deps.now() }).keys()]];
  };
  const items = events.filter(({ place }) => place !== null);
  return new Map(await sideBySide({ items, width: SIGNALS_AT_ONCE, signal, work }));
}

/** Two questions to visibility for a page: `access_method` events name their stay by the grant's key, the others what it holds by id only. */
async function newsAmong({ deps, events, signal }: Asked & { events: readonly LoggedEvent[] }): Promise<readonly LoggedEvent[]> {
  const atDoors = await concerned({ deps, events, signal });
  const staysOf = ({ eventId, grantKeys }: LoggedEvent): readonly string[] => [
    ...grantKeys.flatMap((grantKey) => workflowIdOfGrantKey({ grantKey, deployment: deps.deployment }) ?? []),
    ...(atDoors.get(eventId) ?? []),
  ];
  const [byWorkflow, byGrant] = await Promise.all([
    deps.standings.ofWorkflows(events.flatMap(staysOf)),
    deps.standings.ofGrants(events.flatMap(({ grantKeys, handles }) => (grantKeys.length > 0 ? [] : handles))),
  ]);
  return events.filter((event) => {
    if (event.place !== null && staysOf(event).length === 0) return false;
    const standings =
      event.grantKeys.length > 0 || event.place !== null
        ? staysOf(event).map((workflowId) => byWorkflow.get(workflowId) ?? null)
        : event.handles.map((handle) => byGrant.get(handle) ?? null);
    return !isOldNews({ eventType: event.eventType, standings });
  });
}
