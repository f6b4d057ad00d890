/** Whose work goes first when there is more than the workers can take. */
import type { Priority } from '@temporalio/common';
import { resolveTime } from '../../workflows/domain/local-time.ts';
import type { Instant } from '../../workflows/domain/reservation.ts';
import type { ReservationFact } from '../../workflows/messages.ts';

const HOUR = 3_600_000;
/** Temporal's limit, in bytes of UTF-8. */
const FAIRNESS_KEY_BYTES = 64;

/** A guest at the door before one of next month; and between properties turn by turn, so that one's import delays nobody else's arrivals. */
export function startPriority({ fact: { reservation, property }, now }: { fact: ReservationFact; now: Instant }): Priority {
  const away = resolveTime({ text: reservation.arrival, property, end: 'arrival' }) - now;
  const fairnessKey = Buffer.from(property.id).subarray(0, FAIRNESS_KEY_BYTES).toString().replaceAll('\ufffd', '');
  return { priorityKey: away <= 24 * HOUR ? 2 : away <= 7 * 24 * HOUR ? 3 : 4, fairnessKey };
}
