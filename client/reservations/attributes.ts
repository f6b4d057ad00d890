/** The search attributes of a run, as the server answers them in describe and list: plain JSON payloads, never encrypted. */
import { defaultPayloadConverter, type RawWorkflowExecutionInfo } from '@temporalio/client';
import { z } from 'zod';
import type { Version } from '../../workflows/domain/reservation.ts';
import { isUnitId } from '../../workflows/domain/unit-window.ts';

/** An attribute that a run lacks or that holds something else reads as null: one odd run must not break a list. */
const text = z.string().nullable().catch(null);
const instant = z
  .union([z.string(), z.date()])
  .transform((at) => new Date(at).toISOString())
  .nullable()
  .catch(null);

const attributesSchema = z.object({
  LatchkeyProperty: text,
  LatchkeyStatus: text,
  LatchkeyReadiness: text,
  LatchkeySource: text,
  LatchkeyVersion: text,
  LatchkeyArrivalDate: z.int().nullable().catch(null),
  LatchkeyStartsAt: instant,
  LatchkeyEndsAt: instant,
  LatchkeyConfiguration: text,
  LatchkeyUnits: z
    .array(z.string())
    .transform((keywords) => keywords.filter(isUnitId))
    .readonly()
    .catch([]),
  LatchkeyGrantIds: z.array(z.string()).readonly().catch([]),
});

export type Attributes = z.output<typeof attributesSchema>;

export function attributesOf(execution: RawWorkflowExecutionInfo | null | undefined): Attributes {
  const fields = Object.entries(execution?.searchAttributes?.indexedFields ?? {});
  return attributesSchema.parse(Object.fromEntries(fields.map(([name, payload]) => [name, defaultPayloadConverter.fromPayload(payload)])));
}

/** The attribute is a JSON text, so that an integer and a time that look alike stay two. null where it is none of ours. */
export function versionOf({ LatchkeyVersion: text }: Attributes): Version | null {
  try {
    const version: unknown = text === null ? null : JSON.parse(text);
    return typeof version === 'string' || typeof version === 'number' ? version : null;
  } catch {
    return null;
  }
}

/** `20261201` as `2026-12-01`. */
export const dateOf = (date: number): string => String(date).replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');
