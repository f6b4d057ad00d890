/** Holds what a server answers against Seam's OpenAPI description. */
import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import { z } from 'zod';

/** OpenAPI 3.0 is not quite JSON Schema: it writes exclusive bounds as flags, and null beside a missing type. */
function asJsonSchema(key: string, value: unknown): unknown {
  if (key.startsWith('exclusive') && typeof value === 'boolean') return undefined;
  if (typeof value !== 'object' || value === null || !('nullable' in value) || 'type' in value) return value;
  const { nullable: _, ...rest } = value;
  return Object.keys(rest).length === 0 ? { type: 'null' } : { anyOf: [{ type: 'null' }, rest] };
}

const document: unknown = JSON.parse(readFileSync(new URL('seam-openapi.json', import.meta.url), 'utf8'), asJsonSchema);
const eventVariant = z.object({ properties: z.object({ event_type: z.object({ enum: z.tuple([z.string()]) }) }) });
const { paths, components } = z
  .object({
    paths: z.record(z.string(), z.unknown()),
    components: z.object({ schemas: z.object({ event: z.object({ oneOf: z.array(eventVariant) }) }) }),
  })
  .parse(document);
const eventTypes = components.schemas.event.oneOf.map((variant) => variant.properties.event_type.enum[0]);

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

// `strict: false` passes over OpenAPI's own words; `nullable` beside a type is one that ajv knows.
const ajv = new Ajv({
  strict: false,
  validateSchema: false,
  inlineRefs: false,
  formats: { uuid: UUID, 'date-time': INSTANT, uri: (text: string) => URL.canParse(text), email: /.+@.+/, float: true },
});
ajv.addSchema(z.record(z.string(), z.unknown()).parse(document), 'seam');

const compiled = new Map<string, ValidateFunction>();

function validate(reference: string, value: unknown): readonly string[] {
  const check = compiled.get(reference) ?? ajv.compile({ $ref: `seam#${reference}` });
  compiled.set(reference, check);
  if (check(value)) return [];
  return (check.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
}

/** What is wrong with a 200 answer of a path; empty when it is as described. */
export function wrongWithAnswer(path: string, body: unknown): readonly string[] {
  if (!Object.hasOwn(paths, path)) return [`${path} is not described`];
  return validate(`/paths/${path.replaceAll('/', '~1')}/post/responses/200/content/application~1json/schema`, body);
}

/** What is wrong with an event. Only the one of some hundred variants is compiled that its type names. */
export function wrongWithEvent(event: { readonly event_type: string }): readonly string[] {
  const variant = eventTypes.indexOf(event.event_type);
  return variant === -1 ? [`${event.event_type} is not described`] : validate(`/components/schemas/event/oneOf/${variant}`, event);
}
