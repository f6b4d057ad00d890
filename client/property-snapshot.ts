/** What the configuration says of the property of one stay: the snapshot that travels with every word of the booking system. */
import type { Configuration } from '../config/configuration.ts';
import { snapshotProperty } from '../config/property-snapshot.ts';
import type { Property } from '../workflows/domain/property.ts';
import type { Room, StayTime } from '../workflows/domain/reservation.ts';

interface Stay {
  readonly propertyId: string;
  readonly arrival: StayTime;
  readonly departure: StayTime;
  readonly rooms: readonly Pick<Room, 'unitId' | 'arrival' | 'departure'>[];
}

/** null where the configuration knows no such property. */
export function propertyOf({ configuration, stay }: { configuration: Configuration; stay: Stay }): Property | null {
  const texts = [stay, ...stay.rooms].flatMap(({ arrival, departure }) => [arrival, departure]).filter((text) => text !== null);
  // The day is near enough: the snapshot's table of the zone reaches days further on both sides.
  const days = texts.map((text) => Date.parse(text.slice(0, 10)));
  return snapshotProperty({
    configuration,
    propertyId: stay.propertyId,
    unitIds: stay.rooms.flatMap(({ unitId }) => (unitId === null ? [] : [unitId])),
    from: Math.min(...days),
    to: Math.max(...days),
  });
}
