/** Where guests' pages are served: the token before everything, forms beside JSON, and errors as pages for browsers. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { PassHolder, PassTokens } from '../../config/pass-token.ts';
import { isForeign } from './foreign-origin.ts';
import { tokenOf } from './pass-paths.ts';
import type { PassTroubles } from './pass-troubles.ts';
import { HttpProblem } from './problem.ts';
import type { RateLimits } from './rate-limits.ts';
import type { PassRoute } from './route.ts';
import { routeUrl } from './route-url.ts';

export const FORM = 'application/x-www-form-urlencoded';

export interface PassScope {
  readonly tokens: PassTokens;
  readonly troubles: PassTroubles;
  /** What the world calls this server, without a slash at its end. */
  readonly publicUrl: string;
}

interface Registration {
  readonly app: FastifyInstance;
  readonly routes: readonly PassRoute[];
  readonly limits: RateLimits;
  readonly passes: PassScope;
}

export function registerPassRoutes({ app, routes, limits, passes }: Registration): void {
  const holders = new WeakMap<FastifyRequest, PassHolder>();
  app.addContentTypeParser<string>(FORM, { parseAs: 'string' }, (_request, body, done) => done(null, filledIn(body)));
  app.setErrorHandler((error, request, reply) => passes.troubles.answer({ error, request, reply, holder: holders.get(request) ?? null }));
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-robots-tag', 'noindex, nofollow');
    const holder = passes.tokens.open(tokenOf(request));
    if (holder === null) return refuse({ request, limits });
    holders.set(request, holder);
    await limits.countPass({ request, holder });
    if (request.method === 'POST' && isForeign({ request, publicUrl: passes.publicUrl }))
      throw new HttpProblem({ status: 403, detail: 'Asked from a page of another site; nothing was done.' });
  });
  for (const route of routes) {
    app.route({
      method: route.method,
      url: routeUrl(route.path),
      handler: (request, reply) => {
        const holder = holders.get(request);
        if (holder === undefined) throw new Error("a guest's page was reached without its token");
        return route.handle({ request, reply, holder });
      },
    });
  }
}

/** A form sends each of its fields, also those that were left empty. */
const filledIn = (form: string): Record<string, string> =>
  Object.fromEntries([...new URLSearchParams(form)].filter(([, value]) => value !== ''));

/** Temporal is never asked about what this server did not seal. */
async function refuse({ request, limits }: { request: FastifyRequest; limits: RateLimits }): Promise<never> {
  await limits.countRefused(request);
  throw new HttpProblem({ status: 404, detail: 'This link opens nothing.' });
}
