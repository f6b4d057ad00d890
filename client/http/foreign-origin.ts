/** Whether another site's page makes the browser ask. */
import type { FastifyRequest } from 'fastify';

/**
 * By Fetch Metadata, which no page can forge. A browser without it sends the origin; `null` is what our own pages send there, for they tell no
 * referrer. What is no browser sends neither. A foreign page would have to know the link as well: this is the second wall, not the first.
 */
export function isForeign({ request, publicUrl }: { request: Pick<FastifyRequest, 'headers' | 'host'>; publicUrl: string }): boolean {
  const { origin, 'sec-fetch-site': site } = request.headers;
  if (typeof site === 'string') return site !== 'same-origin' && site !== 'none';
  if (origin === undefined || origin === 'null') return false;
  return origin !== new URL(publicUrl).origin && hostOf(origin) !== request.host;
}

const hostOf = (origin: string): string | null => (URL.canParse(origin) ? new URL(origin).host : null);
