/** Which of Seam's events the catch-up passes on: each signal is billed, and most of them came by webhook long ago. */
import type { Standing } from './standing.ts';

/** What an event says is old news: to a stay that is `ready`, to one that is `over`, or only once nobody runs who could hear it. */
const OLD_NEWS_TO = {
  'access_method.issued': 'ready',
  'access_grant.access_granted_to_door': 'ready',
  'access_grant.access_granted_to_all_doors': 'ready',
  'access_method.deleted': 'over',
  'access_grant.deleted': 'over',
  'access_method.reissued': 'over',
  'access_method.revoked': 'over',
  'access_method.card_encoding_required': 'over',
  'access_method.delay_in_issuing': 'over',
  'access_method.failed_to_issue': 'over',
  'access_grant.access_times_changed': 'over',
  'access_grant.access_to_door_lost': 'over',
  'access_grant.could_not_create_requested_access_methods': 'over',
} as const satisfies Record<string, 'ready' | 'over'>;

export type CaughtUpType = keyof typeof OLD_NEWS_TO;

/** Seam's own names of them (OpenAPI 1.1038.0, `/events/list`). */
export const CAUGHT_UP_TYPES = Object.keys(OLD_NEWS_TO) as readonly CaughtUpType[];

const isCaughtUp = (type: string): type is CaughtUpType => Object.hasOwn(OLD_NEWS_TO, type);

/**
 * Whether everybody whom an event is about knows what it says. `ready` means that a read has shown every key issued, so it goes back as
 * soon as one is missing. `standings`: of all stays that it is about; one that is not known may still have to hear it.
 */
export function isOldNews({ eventType, standings }: { eventType: string; standings: readonly (Standing | null)[] }): boolean {
  if (!isCaughtUp(eventType)) return true;
  const knows = ({ state, readiness }: Standing): boolean =>
    state !== 'running' || (OLD_NEWS_TO[eventType] === 'ready' && readiness === 'ready');
  return standings.length > 0 && standings.every((standing) => standing !== null && knows(standing));
}
