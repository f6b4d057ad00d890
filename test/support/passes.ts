/** A guest's page as the workflow tells of it, complete but for what a test is about. Open now. */
import type { KeyFact } from '../../workflows/domain/notice.ts';
import type { PassDoor, PassRoom, PassView } from '../../workflows/domain/pass-view.ts';
import type { Mode } from '../../workflows/domain/property.ts';

const HOUR = 3_600_000;

export const FRONT_DOOR: PassDoor = { id: 'door-101', kind: 'entrance', name: 'Main entrance', opensFromPage: true };

export const aKey = (mode: Mode, doors: readonly string[] = [FRONT_DOOR.id]): KeyFact => ({
  accessMethodId: `method-${mode}`,
  mode,
  fingerprint: mode === 'code' || mode === 'mobile_key' ? 'k1.print' : null,
  doors,
});

export function aPassRoom(change: Partial<PassRoom> = {}): PassRoom {
  return {
    grantKey: 'latchkey:mews-lisbon:R-1#1.1',
    roomId: '1',
    unitId: '101',
    window: { startsAt: Date.now() - HOUR, endsAt: Date.now() + 24 * HOUR },
    doors: [FRONT_DOOR],
    keys: [aKey('code'), aKey('cloud_key')],
    ...change,
  };
}

/** A guest who stands at the door in an hour. */
export const beforeArrival = (): Pick<PassRoom, 'window'> => ({
  window: { startsAt: Date.now() + HOUR, endsAt: Date.now() + 24 * HOUR },
});

export function aPassView({
  property,
  ...change
}: Partial<Omit<PassView, 'property'>> & { property?: Partial<PassView['property']> } = {}): PassView {
  const rooms = change.rooms ?? [aPassRoom()];
  return {
    generation: 0,
    phase: rooms.length > 0 ? 'given' : 'waiting',
    language: 'en',
    property: {
      id: 'harbour-house',
      name: 'Harbour House',
      language: 'en',
      timeZone: 'Europe/Lisbon',
      helpLine: '+351 911 000 000',
      hasStaff: true,
      ...property,
    },
    startsAt: rooms[0]?.window.startsAt ?? Date.now() + HOUR,
    endsAt: rooms[0]?.window.endsAt ?? Date.now() + 24 * HOUR,
    rooms,
    mayShow: true,
    ...change,
  };
}
