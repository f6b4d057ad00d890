/** What a webhook of Seam's means: never the truth, only that it is time to look (design: webhooks are hints). */
import type { SeamEvent } from '../messages.ts';
import type { Access } from './access.ts';
import { isGone } from './access-plan.ts';
import { closedDoors } from './issuance.ts';
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

export function hearSeam({ state, event, now }: { state: ReservationState; event: SeamEvent; now: Instant }): ReservationState {
  const heard: ReservationState = {
    ...state,
    accesses: state.accesses.map((access) => (concerns({ access, event }) ? markStale(access) : access)),
    setbacks: rouse({ state, event, now }),
  };
  const what = TOLD[event.eventType];
  return what === undefined ? heard : record({ state: heard, entry: { at: now, what, actor: 'seam', by: null, detail: '' } });
}

/**
 * An access that is still being made is not known by any id yet, so an event of an unknown one may be its own. That one more door opens is
 * no news where all of them do already. What happens to a guest's user in an access system may concern each of its credentials.
 */
function concerns({ access, event }: { access: Access; event: SeamEvent }): boolean {
  if (isGone(access)) return false;
  if (access.reading === null) return true;
  if (event.eventType.startsWith('acs_user.')) return access.lowLevel?.provider === 'acs';
  if (event.eventType.startsWith('access_grant.access_granted_to') && closedDoors(access).length === 0) return false;
  return (
    (access.accessGrantId !== null && event.accessGrantIds.includes(access.accessGrantId)) ||
    access.reading.methods.some((method) => method.accessMethodId === event.accessMethodId)
  );
}

const markStale = (access: Access): Access => ({ ...access, stale: true, rereadDue: true });

/** A deletion that was waited for may be done now: look at once instead of at the end of the pause. */
function rouse({ state, event, now }: { state: ReservationState; event: SeamEvent; now: Instant }): ReservationState['setbacks'] {
  const waiting = state.accesses.filter(
    (access) => access.ending !== null && concerns({ access, event }) && state.setbacks[access.grantKey]?.failure.type === 'StillThere',
  );
  if (waiting.length === 0) return state.setbacks;
  const roused = waiting.flatMap(({ grantKey }) => {
    const setback = state.setbacks[grantKey];
    return setback === undefined ? [] : [[grantKey, { ...setback, retryAt: now }] as const];
  });
  return { ...state.setbacks, ...Object.fromEntries(roused) };
}
