/** The grants of a door that an event is about: its events name no grant. */

import type { SeamConnection } from '../activities/adapters/seam/calls.ts';
import { createHouse } from '../activities/adapters/seam/house.ts';
import type { DoorPlace, GrantAtDoor } from '../activities/upkeep-ports.ts';
import { DEADLINE_MS } from './reservations/temporal-calls.ts';

/** Answers none also where Seam does not answer: the event is a hint, and the catch-up brings it again. */
export function doorGrants(connection: SeamConnection): (place: DoorPlace) => Promise<readonly GrantAtDoor[]> {
  const house = createHouse(connection);
  return async (place) => {
    try {
      return await house.grantsAt(place, AbortSignal.timeout(DEADLINE_MS.probe));
    } catch {
      return [];
    }
  };
}
