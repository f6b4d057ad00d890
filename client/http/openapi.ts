/** The OpenAPI document, from the same table and schemas that the routes are served and checked by. */
import { z } from 'zod';
import { PROBLEM_TYPE, problemSchema } from './problem.ts';
import type { Route } from './route.ts';

const JSON_TYPE = 'application/json';
const PROBLEM = PROBLEM_TYPE.split(';')[0] ?? PROBLEM_TYPE;

/** Bodies and parameters as they are sent, before they are normalised. A document stands alone: nothing is referred to. */
function schemaOf(schema: z.ZodType): Record<string, unknown> {
  const {
    $schema: _dialect,
    id: _id,
    ...json
  } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline', metadata: z.registry() });
  return json;
}

export function openApiOf({ routes, version }: { routes: readonly Route[]; version: string }): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation(route) };
  return {
    openapi: '3.1.0',
    info: { title: 'Latchkey', version, description: 'Reservations in, working keys out. Every error is a problem document of RFC 9457.' },
    paths,
    components: {
      schemas: { Problem: schemaOf(problemSchema) },
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description: 'Roles: pms writes and reads its own sources, viewer reads, operator does everything.',
        },
      },
    },
  };
}

function operation(route: Route): object {
  const bodyRequired = route.body !== undefined && !route.body.safeParse(undefined).success;
  return {
    summary: route.summary,
    operationId: `${route.method.toLowerCase()}${route.path.replaceAll(/[^A-Za-z]+(\w?)/g, (_, letter: string) => letter.toUpperCase())}`,
    ...(route.access === 'token' ? { security: [{ token: [] }], description: `Roles: ${route.roles.join(', ')}.` } : {}),
    parameters: [...parameters(route.params, 'path'), ...parameters(route.query, 'query'), ...parameters(route.headers, 'header')],
    ...(route.body === undefined
      ? {}
      : { requestBody: { required: bodyRequired, content: bodyContent({ body: route.body, types: route.bodyTypes ?? [JSON_TYPE] }) } }),
    responses: responses(route),
  };
}

function bodyContent({ body, types }: { body: z.ZodType; types: readonly string[] }): object {
  return Object.fromEntries(types.map((type) => [type, { schema: schemaOf(body) }]));
}

function parameters(shape: z.ZodObject | undefined, where: 'path' | 'query' | 'header'): object[] {
  if (shape === undefined) return [];
  const { properties = {}, required = [] } = z.toJSONSchema(shape, { io: 'input', unrepresentable: 'any' });
  return Object.entries(properties).map(([name, schema]) => ({ name, in: where, required: required.includes(name), schema }));
}

function responses({ answers, problems, access }: Route): object {
  const good = Object.entries(answers).map(([status, { description, schema, contentType = JSON_TYPE }]) => {
    const content =
      schema === undefined && contentType === JSON_TYPE
        ? {}
        : { content: { [contentType]: { schema: schema === undefined ? { type: 'string' } : schemaOf(schema) } } };
    return [status, { description, ...content }];
  });
  const problem = { content: { [PROBLEM]: { schema: { $ref: '#/components/schemas/Problem' } } } };
  const bad = problems.map((status) => [
    status,
    {
      description: TEXTS[status] ?? `Problem ${status}.`,
      ...(status === 401 && access === 'token' ? { headers: CHALLENGE } : {}),
      ...problem,
    },
  ]);
  return Object.fromEntries([...good, ...bad]);
}

const CHALLENGE = { 'WWW-Authenticate': { schema: { type: 'string' } } };

const TEXTS: Readonly<Partial<Record<number, string>>> = {
  400: 'Not valid; errors names every field.',
  401: 'No valid token or signature.',
  403: 'The role may not do this; of a page, another site asked for it.',
  404: 'Unknown, or outside the scope of the token.',
  410: 'The link was good: the stay is over, or a newer link took its place.',
  409: 'The state of the reservation forbids it; detail is the reason.',
  413: 'Over 256 KiB.',
  415: 'Not of a content type that is taken.',
  422: 'No such property is configured.',
  429: 'Too often; see Retry-After.',
  503: 'Temporal or every worker is away; see Retry-After.',
};
