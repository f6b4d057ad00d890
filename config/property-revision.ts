/** A digest of what a stay follows: two are equal exactly when the configuration means the same for it, on any day. */
import { createHash } from 'node:crypto';
import type { UnitPolicy } from '../workflows/domain/property.ts';
import type { PropertySettings } from './configuration.ts';
import { zoneOffsets } from './zone-offsets.ts';

/** A fixed span, so that the digest moves when a government moves a clock, and not with the calendar. */
const CLOCKS = { from: Date.UTC(2026, 0), to: Date.UTC(2040, 0) } as const;

/** Of everything but the units, which differ from stay to stay: one property has thousands of stays. */
const texts = new WeakMap<PropertySettings, string>();

function textOf(settings: PropertySettings): string {
  const known = texts.get(settings);
  if (known !== undefined) return known;
  const { id, name, timeZone, checkIn, checkOut, language, staff, access, messages, common } = settings;
  const { offsets } = zoneOffsets({ timeZone, ...CLOCKS });
  const text = JSON.stringify([id, name, timeZone, offsets, checkIn, checkOut, language, staff, access, messages, common]);
  texts.set(settings, text);
  return text;
}

/** The named units that the property has, by id, in an order of their own. */
export const unitsNamed = ({
  settings,
  unitIds,
}: {
  settings: PropertySettings;
  unitIds: readonly string[];
}): readonly (readonly [string, UnitPolicy])[] =>
  [...new Set(unitIds)].sort().flatMap((unitId): [string, UnitPolicy][] => {
    const unit = settings.units.get(unitId);
    return unit === undefined ? [] : [[unitId, unit]];
  });

export function revisionOf({ settings, unitIds }: { settings: PropertySettings; unitIds: readonly string[] }): string {
  const units = JSON.stringify(unitsNamed({ settings, unitIds }));
  return createHash('sha256').update(textOf(settings)).update(units).digest('base64url').slice(0, 16);
}
