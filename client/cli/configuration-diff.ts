/** Which stays a configuration file would touch, asked of the running server: those that follow another revision of their property. */
import type { Configuration } from '../../config/configuration.ts';
import { UNCONFIGURED } from '../../workflows/domain/property.ts';
import { listSchema } from '../http/view-schema.ts';
import type { ReservationList } from '../reservations/list.ts';
import { expectedRevision } from '../running-stays.ts';
import type { Api } from './api.ts';

export interface TouchedStay {
  readonly key: string;
  readonly propertyId: string;
  /** `property_gone`, `units_gone`: access that the stay has is kept until an operator approves. `changed`: it moves with the file. */
  readonly what: 'property_gone' | 'units_gone' | 'changed';
}

const PAGE = 200;

/** Of a server with the same tzdata; with another, stays in a zone whose clocks differ show as changed. @throws Refused */
export async function touchedStays({ api, configuration }: { api: Api; configuration: Configuration }): Promise<readonly TouchedStay[]> {
  const touched: TouchedStay[] = [];
  let cursor: string | null = null;
  do {
    const query = new URLSearchParams({ limit: String(PAGE), ...(cursor === null ? {} : { cursor }) });
    const page: ReservationList = listSchema.parse(await api({ method: 'GET', path: `/v1/reservations?${query.toString()}` }));
    touched.push(...page.reservations.flatMap((stay) => touch({ configuration, stay }) ?? []));
    cursor = page.nextCursor;
  } while (cursor !== null);
  return touched;
}

interface Of {
  readonly configuration: Configuration;
  readonly stay: ReservationList['reservations'][number];
}

function touch({ configuration, stay: { key, propertyId, readiness, unitIds, configuration: followed } }: Of): TouchedStay | null {
  if (propertyId === null || readiness === 'closed') return null;
  const expected = expectedRevision({ configuration, stay: { propertyId, unitIds } });
  if (expected === followed) return null;
  return { key, propertyId, what: expected === UNCONFIGURED ? 'property_gone' : isGone({ configuration, propertyId, unitIds }) };
}

function isGone({
  configuration,
  propertyId,
  unitIds,
}: {
  configuration: Configuration;
  propertyId: string;
  unitIds: readonly string[];
}): 'units_gone' | 'changed' {
  const units = configuration.properties.get(propertyId)?.units;
  const hasDoors = (unitId: string): boolean => Object.values(units?.get(unitId)?.doors ?? {}).some((doors) => doors.length > 0);
  return unitIds.every(hasDoors) ? 'changed' : 'units_gone';
}
