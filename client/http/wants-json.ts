/** Whether an answer is to be JSON: for a browser it is a page. */
import type { FastifyRequest } from 'fastify';

export function wantsJson({ headers }: Pick<FastifyRequest, 'headers'>): boolean {
  const accept = headers.accept ?? '';
  if (accept.includes('text/html')) return false;
  return accept.includes('application/json') || (headers['content-type'] ?? '').startsWith('application/json');
}
