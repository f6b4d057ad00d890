import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { booking, type Serving, serve } from './serving.ts';

let serving: Serving;
before(async () => {
  serving = await serve();
});
after(() => serving.close());

interface Operation {
  readonly operationId: string;
  readonly security?: unknown;
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly required: boolean; readonly schema: object }[];
  readonly requestBody?: { readonly content: Record<string, { readonly schema: object }> };
  readonly responses: Record<string, { readonly description: string; readonly content?: Record<string, { readonly schema: object }> }>;
}
interface Document {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly schemas: Record<string, object> };
}

const document = async (): Promise<Document> => (await (await serving.request('/openapi.json')).json()) as Document;

test('the document lists every route with its parameters, and only one of each operation', async () => {
  const { openapi, paths } = await document();
  assert.equal(openapi, '3.1.0');
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ route: `${method.toUpperCase()} ${path}`, path, operation })),
  );
  assert.deepEqual(operations.map(({ route }) => route).sort(), [
    'GET /dev/mailbox',
    'GET /healthz',
    'GET /metrics',
    'GET /openapi.json',
    'GET /pass-icon.svg',
    'GET /pass/{token}',
    'GET /pass/{token}/manifest.webmanifest',
    'GET /readyz',
    'GET /v1/brakes',
    'GET /v1/reservations',
    'GET /v1/reservations/{source}/{reservationId}',
    'POST /pass/{token}/help',
    'POST /pass/{token}/new-key',
    'POST /pass/{token}/show',
    'POST /pass/{token}/unlock',
    'POST /v1/brakes/{id}/approve',
    'POST /v1/reservations/{source}/{reservationId}/actions/{action}',
    'POST /webhooks/seam',
    'POST /webhooks/twilio',
    'PUT /v1/reservations/{source}/{reservationId}',
  ]);
  assert.equal(new Set(operations.map(({ operation }) => operation.operationId)).size, operations.length);
  for (const { route, path, operation } of operations) {
    const named = operation.parameters.filter(({ in: where }) => where === 'path').map(({ name }) => `{${name}}`);
    assert.deepEqual(named, path.match(/\{\w+\}/g) ?? [], route);
    assert.equal(operation.security !== undefined, path.startsWith('/v1/'), route);
    assert.ok(
      Object.values(operation.responses).every(({ description }) => description.length > 0),
      route,
    );
  }
});

test('each schema of the document is a JSON Schema, and that of a booking takes what the server takes', async () => {
  const { paths, components } = await document();
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema({ $id: 'document', components });
  const rooted = (schema: object): object =>
    JSON.parse(JSON.stringify(schema).replaceAll('#/components', 'document#/components')) as object;
  const operations = Object.values(paths).flatMap((methods) => Object.values(methods));
  for (const { parameters, requestBody, responses } of operations) {
    const contents = [requestBody, ...Object.values(responses)].flatMap((part) => Object.values(part?.content ?? {}));
    for (const { schema } of [...parameters, ...contents]) assert.equal(typeof ajv.compile(rooted(schema)), 'function');
  }
  const body = paths['/v1/reservations/{source}/{reservationId}']?.['put']?.requestBody?.content['application/json']?.schema ?? {};
  const validate = ajv.compile(rooted(body));
  assert.equal(validate(booking()), true, JSON.stringify(validate.errors));
  assert.equal(validate({ ...booking(), status: 'maybe' }), false);
  assert.equal(validate({ ...booking(), rooms: undefined }), false);
});

test('answers of the server are as the document says', async () => {
  const { paths, components } = await document();
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  const problem = ajv.compile(components.schemas['Problem'] ?? {});
  assert.equal(problem(await (await serving.request('/nothing')).json()), true);
  const ready = ajv.compile(paths['/readyz']?.['get']?.responses['200']?.content?.['application/json']?.schema ?? {});
  assert.equal(ready(await (await serving.request('/readyz')).json()), true, JSON.stringify(ready.errors));
});
