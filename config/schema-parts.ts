/** What the sections of the configuration file are made of. */
import { z } from 'zod';

/** An object that takes no other keys than its own: a misspelt one must not be a silent default. */
export const section = <T extends z.ZodRawShape>(shape: T): z.ZodObject<T, z.core.$strict> =>
  z.strictObject(shape, { error: ({ code }) => (code === 'unrecognized_keys' ? `Known: ${Object.keys(shape).join(', ')}` : undefined) });

/** One line of text for a message: no control characters, which could end a mail header. */
export const line = (charactersMax: number): z.ZodString =>
  z
    .string()
    .regex(new RegExp(String.raw`^[^\p{Cc}]{1,${charactersMax}}$`, 'u'), `expected one line of at most ${charactersMax} characters`);

export const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'expected a time of day as "HH:MM"');

/** A list in which nothing stands twice. */
export const distinct = <T extends z.ZodType<string>>(item: T): z.ZodArray<T> =>
  z.array(item).refine((list) => new Set(list).size === list.length, 'expected each only once');
