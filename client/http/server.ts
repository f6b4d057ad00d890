/** The HTTP server: put together here, listened on by whoever starts it. */
import { type FastifyInstance, fastify } from 'fastify';
import type { Registry } from 'prom-client';
import type { Configuration } from '../../config/configuration.ts';
import type { EngineSettings } from '../../config/engine-variables.ts';
import type { Logger } from '../../config/log.ts';
import type { PassTokens } from '../../config/pass-token.ts';
import type { TokenCheck } from '../../config/tokens.ts';
import type { Brakes } from '../brakes.ts';
import type { Readiness } from '../readiness.ts';
import type { Reservations } from '../reservations.ts';
import { type ActionRouteDependencies, actionRoute } from './action-route.ts';
import { brakeRoutes } from './brake-routes.ts';
import { healthRoutes } from './health-routes.ts';
import { acceptJson } from './json-body.ts';
import { mailboxRoute, type ReadMailbox } from './mailbox-route.ts';
import { createMetrics } from './metrics.ts';
import { openApiOf } from './openapi.ts';
import { passPaths } from './pass-paths.ts';
import { passRoutes } from './pass-routes.ts';
import { passTroubles } from './pass-troubles.ts';
import { HttpProblem } from './problem.ts';
import { answerClientError, sendProblem } from './problem-handler.ts';
import { createRateLimits, RATES, type Rates } from './rate-limits.ts';
import { registerRoutes } from './registration.ts';
import { observeRequests } from './request-log.ts';
import { reservationRoutes } from './reservation-routes.ts';
import type { Route } from './route.ts';
import { seamWebhookRoute } from './seam-webhook.ts';
import { SECURITY_HEADERS } from './security-headers.ts';
import { twilioWebhookRoute } from './twilio-webhook.ts';

export interface ServerDependencies {
  readonly reservations: Reservations;
  readonly brakes: Brakes;
  /** Reads a credential's secret from Seam, for an operator's `reveal`. */
  readonly reveal: ActionRouteDependencies['reveal'];
  readonly mobileSession: ActionRouteDependencies['mobileSession'];
  readonly configuration: Configuration;
  readonly tokens: TokenCheck;
  /** Of guests' pages. */
  readonly passTokens: PassTokens;
  readonly log: Logger;
  readonly registry: Registry;
  /** How many grants in Seam nobody owns, for the metrics; null: not known. */
  readonly unownedGrants: () => Promise<number | null>;
  readonly readiness: () => Promise<Readiness>;
  /** `whsec_…`, in any number: each one is tried. */
  readonly seamWebhookSecrets: readonly string[];
  /** null: no SMS service is configured. */
  readonly twilioAuthToken: string | null;
  /** What the world calls this server, without a slash at its end. */
  readonly publicUrl: string;
  readonly trustProxy: EngineSettings['trustProxy'];
  /** null: no stand-in runs, and there is no mailbox. */
  readonly mailbox: ReadMailbox;
  /** The version of the package, for the OpenAPI document. */
  readonly version: string;
  readonly rates?: Rates;
}

const BODY_LIMIT = 256 * 1024;
/** Milliseconds for a whole request to arrive: a client that trickles holds a connection no longer. */
const REQUEST_TIMEOUT = 30_000;
/** Longer than any id that is taken, so that a wrong one is answered as such. */
const PARAMETER_LENGTH = 1_000;

/** Ready to listen or to be injected into. Closing it waits for the answers under way. */
export async function createServer(dependencies: ServerDependencies): Promise<FastifyInstance> {
  const { log, registry, tokens, trustProxy, unownedGrants, rates = RATES } = dependencies;
  const app = fastify({
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT,
    forceCloseConnections: 'idle',
    trustProxy: trusted(trustProxy),
    routerOptions: { maxParamLength: PARAMETER_LENGTH },
    clientErrorHandler: answerClientError,
    frameworkErrors: (error, _request, reply) => void sendProblem({ reply, error, log }),
  });
  const metrics = createMetrics({ registry, unowned: unownedGrants });
  app.addHook('onRequest', async (_request, reply) => void reply.headers(SECURITY_HEADERS));
  observeRequests({ app, log, metrics: metrics.requests });
  app.setErrorHandler((error, _request, reply) => sendProblem({ reply, error, log }));
  app.setNotFoundHandler((_request, reply) =>
    sendProblem({ reply, error: new HttpProblem({ status: 404, detail: 'No such address.' }), log }),
  );
  acceptJson(app);
  const limits = await createRateLimits({ app, rates });
  const routes = routeTable({ ...dependencies, webhooks: metrics.webhooks });
  const { passTokens, publicUrl } = dependencies;
  const passes = { tokens: passTokens, publicUrl, troubles: passTroubles({ ...dependencies, paths: passPaths(publicUrl) }) };
  await registerRoutes({ app, routes, tokens, limits, passes });
  return app;
}

/** A number counts the proxies in front, as in Express. */
function trusted(proxies: EngineSettings['trustProxy']): boolean | string[] | ((address: string, hop: number) => boolean) {
  if (typeof proxies === 'boolean') return proxies;
  return typeof proxies === 'number' ? (_address, hop) => hop < proxies : [...proxies];
}

function routeTable(
  dependencies: ServerDependencies & { readonly webhooks: ReturnType<typeof createMetrics>['webhooks'] },
): readonly Route[] {
  const { seamWebhookSecrets: secrets, twilioAuthToken: authToken, webhooks: metrics, mailbox, version, publicUrl } = dependencies;
  let document: object | null = null;
  const openapi = (): object => (document ??= openApiOf({ routes, version }));
  const routes: readonly Route[] = [
    ...reservationRoutes(dependencies),
    actionRoute(dependencies),
    ...brakeRoutes(dependencies),
    ...passRoutes({ desk: dependencies, paths: passPaths(publicUrl) }),
    seamWebhookRoute({ ...dependencies, secrets, metrics }),
    twilioWebhookRoute({ ...dependencies, authToken, metrics }),
    ...healthRoutes({ ...dependencies, openapi }),
    mailboxRoute(mailbox),
  ];
  return routes;
}
