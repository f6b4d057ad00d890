/**
 * The API's wire: GET and DELETE with a query string (`_strict=true`, repeated arrays), POST, PATCH and PUT with JSON, and
 * POST for every route, as the published clients of all versions send them.
 */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { ZodError } from 'zod';
import { invalidInput, SeamError } from './errors.ts';
import type { Fault, Faults } from './faults.ts';
import type { Routes } from './route.ts';
import type { Settings } from './settings.ts';

interface Api {
  readonly apiKey: string;
  readonly routes: Routes;
  readonly faults: Faults;
  readonly settings: Settings;
  /** Called after each request that may have changed something. */
  readonly changed: () => void;
}

interface Answer {
  readonly status: number;
  readonly body: object | string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Largest body in bytes. */
const LIMIT = 1_000_000;
/** What only this simulator has: never hit by a fault, so that a person can always turn a knob back. */
const OWN = '/simulator/';

async function readBody(request: IncomingMessage): Promise<string> {
  let body = '';
  request.setEncoding('utf8');
  for await (const chunk of request) {
    body += chunk;
    if (body.length > LIMIT) throw new SeamError({ status: 413, type: 'payload_too_large', message: 'The body is too large' });
  }
  return body;
}

function fromQuery(query: URLSearchParams): Record<string, string | string[]> {
  const parameters: Record<string, string | string[]> = {};
  for (const name of new Set(query.keys())) {
    const values = query.getAll(name);
    if (name !== '_strict') parameters[name] = values.length > 1 ? values : (values[0] ?? '');
  }
  return parameters;
}

/** Body and query together; a route's schema decides what of it counts. @throws SeamError 400 */
function parametersOf(url: URL, body: string): object {
  const query = fromQuery(url.searchParams);
  if (body === '') return query;
  try {
    const json: unknown = JSON.parse(body);
    if (typeof json === 'object' && json !== null && !Array.isArray(json)) return { ...query, ...json };
  } catch {
    // Falls through to the same refusal as for JSON that is no object.
  }
  throw new SeamError({ status: 400, type: 'invalid_input', message: 'The body must be a JSON object' });
}

/** @throws SeamError, ZodError */
function callRoute(
  api: Api,
  { request, url, body }: { readonly request: IncomingMessage; readonly url: URL; readonly body: string },
): Answer {
  if (request.headers.authorization !== `Bearer ${api.apiKey}`)
    throw new SeamError({ status: 401, type: 'unauthorized', message: 'The API key is not valid' });
  const route = Object.hasOwn(api.routes, url.pathname) ? api.routes[url.pathname] : undefined;
  if (route === undefined) throw new SeamError({ status: 404, type: 'not_found', message: `The simulator has no route ${url.pathname}` });
  if (request.method !== 'POST' && request.method !== route.verb)
    throw new SeamError({ status: 405, type: 'method_not_allowed', message: `${url.pathname} takes POST or ${route.verb}` });
  const answer = route.answer(parametersOf(url, body));
  if (request.method !== 'GET') api.changed();
  return { status: 200, body: { ...answer, ok: true } };
}

function asAnswer(error: unknown, requestId: string): Answer {
  const known = error instanceof ZodError ? invalidInput(error) : error;
  if (!(known instanceof SeamError)) return { status: 500, body: 'Internal Server Error' };
  const details = known.validationErrors === null ? {} : { validation_errors: known.validationErrors };
  return {
    status: known.status,
    body: { error: { type: known.type, message: known.message, ...details, request_id: requestId }, ok: false },
  };
}

function refusal(fault: Extract<Fault, { kind: 'refuse' }>, requestId: string): Answer {
  const headers: Record<string, string> = fault.retryAfter === null ? {} : { 'retry-after': String(fault.retryAfter) };
  if (fault.type === null) return { status: fault.status, body: 'Refused by the simulator', headers };
  return {
    status: fault.status,
    body: { error: { type: fault.type, message: 'Refused by the simulator', request_id: requestId }, ok: false },
    headers,
  };
}

function send(response: ServerResponse, { status, body, headers = {} }: Answer): void {
  const isText = typeof body === 'string';
  response.writeHead(status, { 'content-type': isText ? 'text/plain' : 'application/json; charset=utf-8', ...headers });
  response.end(isText ? body : JSON.stringify(body));
}

async function handle(
  api: Api,
  { request, response }: { readonly request: IncomingMessage; readonly response: ServerResponse },
): Promise<void> {
  const requestId = randomUUID();
  response.setHeader('seam-request-id', requestId);
  const url = new URL(request.url ?? '/', 'http://simulator');
  try {
    const body = await readBody(request);
    const fault = url.pathname.startsWith(OWN) ? null : api.faults.take(url.pathname);
    const delay = (fault?.kind === 'slow' ? fault.delayMs : 0) + (url.pathname.startsWith(OWN) ? 0 : api.settings.answerDelayMs);
    if (delay > 0) await sleep(delay);
    if (fault?.kind === 'cut') request.socket.destroy();
    else if (fault?.kind === 'refuse') send(response, refusal(fault, requestId));
    else {
      const answer = callRoute(api, { request, url, body });
      if (fault?.kind === 'lose') request.socket.destroy();
      else send(response, answer);
    }
  } catch (error) {
    send(response, asAnswer(error, requestId));
  }
}

export function createApi(api: Api): Server {
  const server = createServer((request, response) => void handle(api, { request, response }));
  // Longer than a client keeps an idle connection, so that it never sends into one that is just being closed.
  server.keepAliveTimeout = 65_000;
  return server;
}
