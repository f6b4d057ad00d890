/** ISO 8601 durations, as lengths of time that are the same whenever they start. */
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Duration } from '../workflows/domain/reservation.ts';

/** Weeks to seconds; a day is 24 hours. Years and months have no length of their own. */
const SHAPE = /^P(?=\d|T\d)(\d+W)?(\d+D)?(T(?=\d)(\d+(\.\d+)?H)?(\d+(\.\d+)?M)?(\d+(\.\d+)?S)?)?$/;
/** Ten years: anything longer is a slip, and would lead out of the range of dates. */
const LONGEST = 3660 * 24 * 3_600_000;

/** Milliseconds, or null where the text is no such duration. */
export function duration(text: string): Duration | null {
  if (!SHAPE.test(text)) return null;
  try {
    const length = Temporal.Duration.from(text).total({ unit: 'milliseconds', relativeTo: Temporal.PlainDate.from('2000-01-01') });
    return length <= LONGEST ? Math.round(length) : null;
  } catch {
    return null;
  }
}

/** A duration in a file. It stays text in the schema, so that the JSON Schema can say what a person may write. */
export const durationText = z
  .string()
  .regex(SHAPE, 'expected an ISO 8601 duration without years and months, such as PT30M or P2D')
  .refine((text) => !SHAPE.test(text) || duration(text) !== null, 'expected a duration of at most ten years');
