/** Who asks, by bearer token, and whether they may: answered before the body is read. */
import type { FastifyRequest } from 'fastify';
import type { TokenRole } from '../../config/api-tokens.ts';
import type { TokenCheck, TokenHolder } from '../../config/tokens.ts';
import { HttpProblem } from './problem.ts';
import type { RateLimits } from './rate-limits.ts';

const BEARER = /^Bearer +([^\s]{1,1024})$/i;

interface Authorization {
  readonly request: FastifyRequest;
  readonly roles: readonly TokenRole[];
  readonly tokens: TokenCheck;
  readonly limits: RateLimits;
}

/** @throws HttpProblem 401, then 429, then 403 */
export async function authorize({ request, roles, tokens, limits }: Authorization): Promise<TokenHolder> {
  const bearer = BEARER.exec(request.headers.authorization ?? '')?.[1];
  const caller = bearer === undefined ? null : tokens.find(bearer);
  if (caller === null) {
    await limits.countRefused(request);
    throw new HttpProblem({
      status: 401,
      detail: 'Send a valid token as Authorization: Bearer <token>.',
      headers: { 'www-authenticate': 'Bearer realm="latchkey"' },
    });
  }
  await limits.countCall({ request, caller });
  if (!roles.includes(caller.role))
    throw new HttpProblem({ status: 403, detail: `The role ${caller.role} may not do this; it takes ${roles.join(' or ')}.` });
  return caller;
}
