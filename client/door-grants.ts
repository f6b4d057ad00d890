/** What opens a door that an event is about: its events name no grant. */

import type { DoorPlace, GrantAtDoor, HousePort } from '../activities/upkeep-ports.ts';
import { DEADLINE_MS } from './reservations/temporal-calls.ts';

/** Answers none also where Seam does not answer: the event is a hint, and the catch-up brings it again. */
export function doorGrants(house: Pick<HousePort, 'grantsAt'>): (place: DoorPlace) => Promise<readonly GrantAtDoor[]> {
  return async (place) => {
    try {
      return await house.grantsAt(place, AbortSignal.timeout(DEADLINE_MS.probe));
    } catch {
      return [];
    }
  };
}
