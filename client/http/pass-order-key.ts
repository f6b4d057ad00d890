/** What makes a double tap on a guest's page one order. */
import { z } from 'zod';

export const orderKey = z.string().regex(/^[\x21-\x7e]{1,128}$/, 'expected 1 to 128 visible ASCII characters');

export const orderHeaders = z.object({
  'idempotency-key': orderKey.optional().meta({ description: 'With the same key it is done once, however often it is asked for.' }),
});
