/** What a webhook of Seam's means: never the truth, only that it is time to look (design: webhooks are hints). */
import type { SeamEvent } from '../messages.ts';
import type { Access } from './access.ts';
import { isGone } from './access-plan.ts';
import { doorNewsOf, isConcerned } from './door-events.ts';
import { KEY_USED, noteUse } from './first-use.ts';
import { closedDoors } from './issuance.ts';
import { handlesOf } from './low-level.ts';
import type { Instant } from './reservation.ts';
import type { ReservationState } from './state.ts';
import { record } from './timeline.ts';

/** Worth an entry of the timeline; the others only cause a read. */
const TOLD: Record<string, string> = {
  'access_method.failed_to_issue': 'issuance_failed',
  'access_method.delay_in_issuing': 'issuance_delayed',
  'access_code.failed_to_set_on_device': 'issuance_failed',
  'access_code.delay_in_setting_on_device': 'issuance_delayed',
  'access_grant.access_to_door_lost': 'door_lost',
  'access_grant.could_not_create_requested_access_methods': 'access_partly_impossible',
};

interface Heard {
  readonly state: ReservationState;
  readonly event: SeamEvent;
  readonly now: Instant;
}

export function hearSeam({ state, event, now }: Heard): ReservationState {
  if (event.eventType === KEY_USED) return noteUse({ state, event });
  const heard: ReservationState = {
    ...state,
    accesses: state.accesses.map((access) => (concerns({ state, access, event, now }) ? markStale(access) : access)),
    setbacks: rouse({ state, event, now }),
  };
  const what = TOLD[event.eventType];
  return what === undefined ? heard : record({ state: heard, entry: { at: now, what, actor: 'seam', by: null, detail: '' } });
}

/**
 * An access that is still being made is not known by any id yet, so an event of an unknown one may be its own. That one more door opens is
 * no news where all of them do already. What happens to a guest's user in an access system may concern each of its credentials.
 */
function concerns({ state, access, event, now }: Heard & { access: Access }): boolean {
  if (isGone(access) || isTooEarly({ state, access, event, now })) return false;
  if (access.reading === null) return true;
  if (event.eventType.startsWith('acs_user.')) return access.lowLevel?.provider === 'acs';
  // What a read that is due or under way will show of them is not known yet.
  const isOpen = !access.stale && closedDoors(access).length === 0;
  if (event.eventType.startsWith('access_grant.access_granted_to') && isOpen) return false;
  return (
    handlesOf(access).some((handle) => event.accessGrantIds.includes(handle)) ||
    access.reading.methods.some((method) => method.accessMethodId === event.accessMethodId)
  );
}

/** How a lock fares is looked at when it matters; until then it may break and be mended many times. */
function isTooEarly({ state, access, event: { eventType }, now }: Heard & { access: Access }): boolean {
  const { attentionBefore } = state.property.access;
  return doorNewsOf(eventType) !== null && !isConcerned({ eventType, ...access.asked, attentionBefore, now });
}

const markStale = (access: Access): Access => ({ ...access, stale: true, rereadDue: true });

/** A deletion that was waited for may be done now: look at once instead of at the end of the pause. */
function rouse({ state, event, now }: Heard): ReservationState['setbacks'] {
  const waiting = state.accesses.filter(
    (access) =>
      access.ending !== null && concerns({ state, access, event, now }) && state.setbacks[access.grantKey]?.failure.type === 'StillThere',
  );
  if (waiting.length === 0) return state.setbacks;
  const roused = waiting.flatMap(({ grantKey }) => {
    const setback = state.setbacks[grantKey];
    return setback === undefined ? [] : [[grantKey, { ...setback, retryAt: now }] as const];
  });
  return { ...state.setbacks, ...Object.fromEntries(roused) };
}
