/** Events of Seam's that are about a door and name no grant: whom they concern is asked of Seam (OpenAPI 1.1038.0, `/events/list`). */
import { workflowIdOfGrantKey } from './ids.ts';
import type { Duration, Instant } from './reservation.ts';

/** What an event says of a door: it broke, it works again, or a space has other doors. */
const DOOR_EVENTS = {
  'device.disconnected': 'broken',
  'device.connection_became_flaky': 'broken',
  'device.low_battery': 'broken',
  'device.removed': 'broken',
  'device.deleted': 'broken',
  'device.error.subscription_required': 'broken',
  'device.accessory_keypad_disconnected': 'broken',
  'acs_entrance.removed': 'broken',
  'acs_system.disconnected': 'broken',
  'device.connected': 'mended',
  'device.connection_stabilized': 'mended',
  'device.error.subscription_required.resolved': 'mended',
  'device.accessory_keypad_connected': 'mended',
  'acs_system.connected': 'mended',
  'device.battery_status_changed': 'changed',
  'space.device_membership_changed': 'rearranged',
  'space.deleted': 'rearranged',
} as const satisfies Record<string, 'broken' | 'mended' | 'changed' | 'rearranged'>;

export type DoorEventType = keyof typeof DOOR_EVENTS;
type DoorNews = (typeof DOOR_EVENTS)[DoorEventType];

export const DOOR_EVENT_TYPES = Object.keys(DOOR_EVENTS) as readonly DoorEventType[];

const isDoorEvent = (type: string): type is DoorEventType => Object.hasOwn(DOOR_EVENTS, type);

export const doorNewsOf = (type: string): DoorNews | null => (isDoorEvent(type) ? DOOR_EVENTS[type] : null);

interface Concern {
  readonly eventType: string;
  readonly startsAt: Instant;
  /** null: open end. */
  readonly endsAt: Instant | null;
  readonly attentionBefore: Duration;
  readonly now: Instant;
}

/**
 * How a lock fares matters from `attentionBefore` to the end of the stay: each word to a stay is billed, and a lock may have a year of
 * bookings. Other doors of a space matter at once, for a guest may have been told of them.
 */
export function isConcerned({ eventType, startsAt, endsAt, attentionBefore, now }: Concern): boolean {
  if (endsAt !== null && endsAt <= now) return false;
  return doorNewsOf(eventType) === 'rearranged' || startsAt - attentionBefore <= now;
}

interface Question {
  readonly grants: readonly {
    readonly accessGrantId: string;
    readonly grantKey: string;
    readonly startsAt: Instant;
    readonly endsAt: Instant | null;
  }[];
  readonly eventType: string;
  /** Begins the keys of our own grants. */
  readonly deployment: string;
  /** Of the property that looks furthest ahead: a stay knows better, and drops what is too early for it. */
  readonly attentionBefore: Duration;
  readonly now: Instant;
}

/** The stays that an event at a door concerns, by workflow id, each with its grants of that door. */
export function concernedStays({ grants, eventType, deployment, attentionBefore, now }: Question): ReadonlyMap<string, readonly string[]> {
  const stays = new Map<string, readonly string[]>();
  for (const { accessGrantId, grantKey, startsAt, endsAt } of grants) {
    const workflowId = workflowIdOfGrantKey({ grantKey, deployment });
    if (workflowId === null || !isConcerned({ eventType, startsAt, endsAt, attentionBefore, now })) continue;
    stays.set(workflowId, [...(stays.get(workflowId) ?? []), accessGrantId]);
  }
  return stays;
}
