/** Where an event about doors happened, from the fields that Seam gives it. */
import { doorNewsOf } from '../workflows/domain/door-events.ts';
import type { DoorPlace } from './upkeep-ports.ts';

type Id = string | null | undefined;

interface Fields {
  readonly event_type: string;
  readonly device_id?: Id;
  readonly acs_entrance_id?: Id;
  readonly acs_system_id?: Id;
  readonly space_id?: Id;
}

/** The narrowest; null for an event that is about no door. */
export function doorPlaceOf({ event_type, device_id, acs_entrance_id, acs_system_id, space_id }: Fields): DoorPlace | null {
  if (doorNewsOf(event_type) === null) return null;
  if (device_id) return { device_id };
  if (acs_entrance_id) return { acs_entrance_id };
  if (space_id) return { space_id };
  return acs_system_id ? { acs_system_id } : null;
}
