/** Schemas of request parameters, for JSON bodies and for query strings, where everything is text and a list of one looks like a text. */
import { z } from 'zod';
import { MODES } from './records.ts';

export const id = z.guid();
export const text = z.string().min(1);

/** A repeated query parameter; the client sends an empty list as an empty text. */
export const list = <T extends z.ZodType>(item: T) =>
  z.preprocess((value) => {
    if (typeof value !== 'string') return value;
    return value === '' ? [] : [value];
  }, z.array(item));

/** An ISO 8601 instant, as milliseconds. */
export const time = z.iso
  .datetime({ offset: true, error: 'Expected an ISO 8601 date-time with an offset' })
  .transform((value) => Date.parse(value));

/** The client sends null in a query string as an empty text. */
export const nullable = <T extends z.ZodType>(value: T) => z.preprocess((given) => (given === '' ? null : given), value.nullable());

const mode = z.enum(MODES);

export const requestedMethods = z
  .array(
    z.object({
      mode,
      code: z
        .string()
        .regex(/^\d{4,9}$/, 'Expected 4 to 9 digits')
        .optional(),
      instant_key_max_use_count: z.number().int().min(1).optional(),
    }),
  )
  .min(1);

export const pageParameters = {
  limit: z.coerce.number().int().min(1).default(500),
  page_cursor: nullable(z.string()).optional(),
};
