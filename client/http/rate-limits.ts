/** How often somebody may ask: generously with a token, strictly without one. Counted per process. */
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { PassHolder } from '../../config/pass-token.ts';
import type { TokenHolder } from '../../config/tokens.ts';
import { HttpProblem } from './problem.ts';

interface Rate {
  readonly max: number;
  readonly windowMs: number;
}

export interface Rates {
  /** Per token: 200 a second over ten seconds lets an import run while one caller cannot take the server for itself. */
  readonly call: Rate;
  /** Per address, of refused tokens and signatures: no good caller is refused twice a second, and guessing is hopeless. */
  readonly refused: Rate;
  /** Per guest's page: a person taps a button a few times a minute. */
  readonly pass: Rate;
  /** Per address, of pages that are genuine: a whole house shares one. */
  readonly passAddress: Rate;
}

export const RATES: Rates = {
  call: { max: 2_000, windowMs: 10_000 },
  refused: { max: 120, windowMs: 60_000 },
  pass: { max: 60, windowMs: 60_000 },
  passAddress: { max: 900, windowMs: 60_000 },
};

/** @throws HttpProblem 429 once the rate is exceeded */
export interface RateLimits {
  countCall(call: { readonly request: FastifyRequest; readonly caller: TokenHolder }): Promise<void>;
  countRefused(request: FastifyRequest): Promise<void>;
  countPass(call: { readonly request: FastifyRequest; readonly holder: PassHolder }): Promise<void>;
}

export async function createRateLimits({ app, rates }: { app: FastifyInstance; rates: Rates }): Promise<RateLimits> {
  await app.register(rateLimit, { global: false });
  const callers = new WeakMap<FastifyRequest, string>();
  const limiter = ({ max, windowMs }: Rate, keyGenerator: (request: FastifyRequest) => string) =>
    app.createRateLimit({ max, timeWindow: windowMs, keyGenerator, ipv6Subnet: 64 });
  const byCaller = limiter(rates.call, (request) => callers.get(request) ?? '');
  const byPass = limiter(rates.pass, (request) => callers.get(request) ?? '');
  const byPassAddress = limiter(rates.passAddress, (request) => request.ip);
  const byAddress = limiter(rates.refused, (request) => request.ip);
  const count = async (check: ReturnType<typeof limiter>, request: FastifyRequest): Promise<void> => {
    const result = await check(request);
    if (result.isAllowed || !result.isExceeded) return;
    throw new HttpProblem({
      status: 429,
      detail: 'Ask again after the time in Retry-After.',
      headers: { 'retry-after': String(Math.max(1, result.ttlInSeconds)) },
    });
  };
  return {
    countCall: ({ request, caller }) => {
      callers.set(request, `${caller.role}/${caller.name}`);
      return count(byCaller, request);
    },
    countRefused: (request) => count(byAddress, request),
    countPass: async ({ request, holder: { source, reservationId, guestId } }) => {
      callers.set(request, `pass/${source}:${reservationId}/${guestId}`);
      await count(byPassAddress, request);
      await count(byPass, request);
    },
  };
}
