/** `KEY` on the command line: `<source>:<reservationId>`. */
import { RESERVATION_ID, SOURCE } from '../intake/reservation-schema.ts';
import { UsageError } from './failure.ts';

/** The reservation's path of the API. @throws UsageError */
export function pathOf(key: string): string {
  const colon = key.indexOf(':');
  const source = key.slice(0, Math.max(0, colon));
  const reservationId = key.slice(colon + 1);
  if (!SOURCE.test(source) || !RESERVATION_ID.test(reservationId))
    throw new UsageError(`KEY ${JSON.stringify(key)} is not <source>:<reservationId>, such as mews-lisbon:R-1042.`);
  return `/v1/reservations/${source}/${reservationId}`;
}
