/** What travels with each fact of the PMS: the property of one reservation, with only the units that it names. */
import type { Property } from '../workflows/domain/property.ts';
import type { Instant } from '../workflows/domain/reservation.ts';
import type { Configuration } from './configuration.ts';
import { revisionOf, unitsNamed } from './property-revision.ts';
import { zoneOffsets } from './zone-offsets.ts';

export interface SnapshotInput {
  readonly configuration: Configuration;
  readonly propertyId: string;
  /** A unit that the property does not have is absent from the snapshot, which the workflow tells as a reason. */
  readonly unitIds: readonly string[];
  /** The earliest arrival and the latest departure of the stay; the zone's offsets cover more than that by themselves. */
  readonly from: Instant;
  readonly to: Instant;
}

/** null where the configuration has no such property. Equal settings and times give equal snapshots, key by key. */
export function snapshotProperty({ configuration, propertyId, unitIds, from, to }: SnapshotInput): Property | null {
  const settings = configuration.properties.get(propertyId);
  if (settings === undefined) return null;
  const { id, name, timeZone, checkIn, checkOut, language, staff, access, messages, common } = settings;
  const units = Object.fromEntries(unitsNamed({ settings, unitIds }));
  const zone = zoneOffsets({ timeZone, from, to });
  const revision = revisionOf({ settings, unitIds });
  return { id, name, zone, checkIn, checkOut, language, staff, access, messages, units, common, revision };
}
