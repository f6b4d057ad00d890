/**
 * What Seam refuses about a `reservation_key`, under names of our own: its guide to reservation access grants gives statuses and titles, and
 * leaves the error types open, so both the type and the words of an answer are looked at. The words go no further.
 */
import { APART, type FailureType } from '../../../workflows/domain/failure-types.ts';

interface Refusal {
  readonly type: FailureType;
  readonly code: string;
}

export const KEY_NOT_SUPPORTED = 'reservation_key_not_supported';
export const KEY_REQUIRED = 'reservation_key_required';

const REFUSALS: readonly (Refusal & { readonly words: RegExp })[] = [
  { words: /reservation.?key.*not.?supported|none of the .*can belong to a reservation/, type: 'SeamRejected', code: KEY_NOT_SUPPORTED },
  { words: /reservation.?key.*required/, type: 'SeamRejected', code: KEY_REQUIRED },
  { words: /entrance.?change.*requires.?cleanup/, type: 'ReservationConflict', code: 'reservation_entrance_change_requires_cleanup' },
  { words: /joiner.*entrance.?set/, type: 'ReservationConflict', code: 'reservation_joiner_entrance_set_conflict' },
  { words: /time.?frames?.*must.?overlap/, type: 'ReservationConflict', code: APART },
];

/** null: it is about something else. */
export function reservationRefusal({ status, code, message }: { status: number; code: string; message: string }): Refusal | null {
  if (status !== 400 && status !== 409) return null;
  const text = `${code} ${message}`.toLowerCase();
  const found = REFUSALS.find(({ words }) => words.test(text));
  return found === undefined ? null : { type: found.type, code: found.code };
}
