/** One line and one observation per request, by the pattern of its route: an address may hold a token or somebody's id. */
import type { FastifyInstance } from 'fastify';
import type { Logger } from '../../config/log.ts';
import type { RequestMetrics } from './metrics.ts';

/** Asked every few seconds by machines: worth a line only when it fails. */
const QUIET: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/metrics']);

export function observeRequests({ app, log, metrics }: { app: FastifyInstance; log: Logger; metrics: RequestMetrics }): void {
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unmatched';
    const { method } = request;
    const status = reply.statusCode;
    const ms = Math.round(reply.elapsedTime);
    metrics.observe({ method, route, status, seconds: reply.elapsedTime / 1000 });
    const level = status >= 500 ? 'warn' : QUIET.has(route) ? 'debug' : 'info';
    log[level]({ method, route, status, ms }, 'request');
  });
}
