/** Puts the route table into Fastify: access before the body, problem documents for everything else. */
import type { FastifyInstance, FastifyRequest, HTTPMethods, RouteHandlerMethod } from 'fastify';
import type { TokenCheck, TokenHolder } from '../../config/tokens.ts';
import { authorize } from './authorization.ts';
import { acceptRaw } from './json-body.ts';
import { type PassScope, registerPassRoutes } from './pass-scope.ts';
import { HttpProblem } from './problem.ts';
import type { RateLimits } from './rate-limits.ts';
import { Forged, type GuardedRoute, type Route, type SignedRoute } from './route.ts';
import { routeUrl } from './route-url.ts';

interface Registration {
  readonly app: FastifyInstance;
  readonly routes: readonly Route[];
  readonly tokens: TokenCheck;
  readonly limits: RateLimits;
  readonly passes: PassScope;
}

const urlOf = ({ path }: Route): string => routeUrl(path);

export async function registerRoutes({ app, routes, tokens, limits, passes }: Registration): Promise<void> {
  for (const route of routes) {
    if (route.access === 'token') guarded({ app, route, tokens, limits });
    if (route.access === 'open')
      app.route({ method: route.method, url: urlOf(route), handler: (request, reply) => route.handle({ request, reply }) });
  }
  await app.register(async (scope) => {
    acceptRaw(scope);
    for (const route of routes) if (route.access === 'signature') signed({ app: scope, route, limits });
  });
  const opened = routes.filter((route) => route.access === 'pass');
  await app.register(async (scope) => registerPassRoutes({ app: scope, routes: opened, limits, passes }));
  refuseOtherMethods({ app, routes });
}

function guarded({
  app,
  route,
  tokens,
  limits,
}: {
  app: FastifyInstance;
  route: GuardedRoute;
  tokens: TokenCheck;
  limits: RateLimits;
}): void {
  const callers = new WeakMap<FastifyRequest, TokenHolder>();
  app.route({
    method: route.method,
    url: urlOf(route),
    onRequest: async (request) => {
      callers.set(request, await authorize({ request, roles: route.roles, tokens, limits }));
    },
    handler: (request, reply) => {
      const caller = callers.get(request);
      if (caller === undefined) throw new Error('a guarded route was reached without authorization');
      return route.handle({ request, reply, caller });
    },
  });
}

function signed({ app, route, limits }: { app: FastifyInstance; route: SignedRoute; limits: RateLimits }): void {
  const url = urlOf(route);
  const refuse = async (request: FastifyRequest, detail: string): Promise<never> => {
    await limits.countRefused(request);
    throw new HttpProblem({ status: 401, detail });
  };
  const onRequest = async (request: FastifyRequest): Promise<void> => {
    const isSigned = route.signatureHeaders.some((name) => typeof request.headers[name] === 'string' && request.headers[name] !== '');
    if (!isSigned) await refuse(request, `Unsigned: the header ${route.signatureHeaders[0]} is missing.`);
  };
  const handler: RouteHandlerMethod = async (request, reply) => {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    try {
      return await route.handle({ request, reply, body });
    } catch (error) {
      if (!(error instanceof Forged)) throw error;
      return refuse(request, 'The signature does not fit, or is older or newer than 5 minutes.');
    }
  };
  app.route({ method: route.method, url, onRequest, handler });
}

const METHODS: readonly HTTPMethods[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** 405 with `Allow` instead of a 404 that would look like a wrong address. */
function refuseOtherMethods({ app, routes }: Pick<Registration, 'app' | 'routes'>): void {
  for (const url of new Set(routes.map(urlOf))) {
    const known = routes.filter((route) => urlOf(route) === url).map(({ method }) => method);
    const allowed: readonly string[] = known.includes('GET') ? [...known, 'HEAD'] : known;
    const refuse = (): never => {
      throw new HttpProblem({ status: 405, detail: `Allowed here: ${allowed.join(', ')}.`, headers: { allow: allowed.join(', ') } });
    };
    const onRequest = async (): Promise<void> => refuse();
    app.route({ method: METHODS.filter((method) => !allowed.includes(method)), url, onRequest, handler: refuse });
  }
}
