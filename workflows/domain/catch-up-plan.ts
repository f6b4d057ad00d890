/** Which of Seam's events the catch-up passes on: each signal is billed, and most of them came by webhook long ago. */
import { DOOR_EVENT_TYPES, type DoorEventType, doorNewsOf } from './door-events.ts';
import type { Provision } from './property.ts';
import type { Standing } from './standing.ts';

/** What an event says is old news: to a stay that is `ready`, to one that is `over`, or only once nobody runs who could hear it. */
const OF_GRANTS = {
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

const OF_ACS = {
  'acs_credential.issued': 'ready',
  'acs_credential.reissued': 'over',
  'acs_credential.invalidated': 'over',
  'acs_credential.deleted': 'over',
  'acs_user.deleted': 'over',
} as const satisfies Record<string, 'ready' | 'over'>;

const OF_ACCESS_CODES = {
  'access_code.scheduled_on_device': 'ready',
  'access_code.set_on_device': 'ready',
  'access_code.changed': 'over',
  'access_code.backup_access_code_pulled': 'over',
  'access_code.delay_in_setting_on_device': 'over',
  'access_code.failed_to_set_on_device': 'over',
  'access_code.failed_to_remove_from_device': 'over',
  'access_code.modified_external_to_seam': 'over',
  'access_code.deleted_external_to_seam': 'over',
  'access_code.removed_from_device': 'over',
  'access_code.deleted': 'over',
} as const satisfies Record<string, 'ready' | 'over'>;

const OLD_NEWS_TO = { ...OF_GRANTS, ...OF_ACS, ...OF_ACCESS_CODES };

type AccessEventType = keyof typeof OLD_NEWS_TO;

const BY_PROVIDER = { grants: OF_GRANTS, acs: OF_ACS, access_codes: OF_ACCESS_CODES } as const satisfies Record<
  Provision['provider'],
  Partial<Record<AccessEventType, unknown>>
>;

/** Seam's own names of them (OpenAPI 1.1038.0, `/events/list`): of what the providers of a house make, and of its doors. */
export const caughtUpTypes = (providers: readonly Provision['provider'][]): readonly (AccessEventType | DoorEventType)[] => [
  // Keys of an object are texts to TypeScript.
  ...providers.flatMap((provider) => Object.keys(BY_PROVIDER[provider]) as readonly AccessEventType[]),
  ...DOOR_EVENT_TYPES,
];

const isCaughtUp = (type: string): type is AccessEventType => Object.hasOwn(OLD_NEWS_TO, type);

/** The readiness of a running stay that knows already, `over` where none does; null: nothing that is caught up. */
function knowersOf(eventType: string): 'ready' | 'at_risk' | 'over' | null {
  if (isCaughtUp(eventType)) return OLD_NEWS_TO[eventType];
  switch (doorNewsOf(eventType)) {
    case 'broken':
      return 'at_risk';
    case 'mended':
      return 'ready';
    case 'changed':
    case 'rearranged':
      return 'over';
    case null:
      return null;
  }
}

/**
 * Whether everybody whom an event is about knows what it says. `ready` means that a read has shown every key issued, so it goes back as
 * soon as one is missing. `standings`: of all stays that it is about; one that is not known may still have to hear it.
 */
export function isOldNews({ eventType, standings }: { eventType: string; standings: readonly (Standing | null)[] }): boolean {
  const knownBy = knowersOf(eventType);
  if (knownBy === null) return true;
  const knows = ({ state, readiness }: Standing): boolean => state !== 'running' || knownBy === readiness;
  return standings.length > 0 && standings.every((standing) => standing !== null && knows(standing));
}
