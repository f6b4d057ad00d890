/** Errors as RFC 9457 problem documents: one shape for every error that this server can answer. */
import { ApplicationFailure } from '@temporalio/common';
import { z } from 'zod';
import { FAILURES, type FailureType, isFailureType } from '../../workflows/domain/failure-types.ts';
import { BadRequest, Conflict, type FieldError, NoWorker, PassEnded, TemporalUnavailable, UnknownReservation } from '../refusals.ts';

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

export const problemSchema = z
  .object({
    type: z.string().meta({ description: 'A URN that names the kind of problem.' }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    errors: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .meta({ description: 'Every invalid field; empty where no field is at fault.' }),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem details.' });

export type Problem = z.output<typeof problemSchema>;

const KINDS = {
  400: ['bad-request', 'The request is not valid'],
  401: ['unauthorized', 'A valid token or signature is needed'],
  403: ['forbidden', 'The token may not do this'],
  404: ['not-found', 'There is nothing here'],
  405: ['method-not-allowed', 'The method is not allowed here'],
  408: ['timeout', 'The request took too long to arrive'],
  409: ['conflict', 'The state of the reservation forbids this'],
  410: ['gone', 'This has ended'],
  413: ['too-large', 'The body is too large'],
  414: ['uri-too-long', 'The address is too long'],
  415: ['unsupported-media-type', 'The content type is not supported'],
  422: ['unprocessable', 'The request names something that is not configured'],
  429: ['too-many-requests', 'Too many requests'],
  431: ['headers-too-large', 'The headers are too large'],
  500: ['internal', 'Something went wrong on this side'],
  503: ['unavailable', 'This cannot be done right now'],
} as const satisfies Record<number, readonly [string, string]>;

export type ProblemStatus = keyof typeof KINDS;

const isProblemStatus = (status: number): status is ProblemStatus => Object.hasOwn(KINDS, status);

/** Thrown by routes; becomes the answer. */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem';
  readonly status: ProblemStatus;
  readonly errors: readonly FieldError[];
  readonly headers: Readonly<Record<string, string>>;

  constructor({
    status,
    detail,
    errors = [],
    headers = {},
  }: { status: ProblemStatus; detail: string; errors?: readonly FieldError[]; headers?: Record<string, string> }) {
    super(detail);
    this.status = status;
    this.errors = errors;
    this.headers = headers;
  }

  toProblem(): Problem {
    const [kind, title] = KINDS[this.status];
    return { type: `urn:latchkey:problem:${kind}`, title, status: this.status, detail: this.message, errors: [...this.errors] };
  }
}

/** Seconds after which asking again is sensible, when Temporal, every worker or Seam is away and names no pause of its own. */
const RETRY_AFTER = 2;

/** What is answered for an error. null: nobody foresaw it. */
export function problemOf(error: unknown): HttpProblem | null {
  if (error instanceof HttpProblem) return error;
  if (error instanceof BadRequest)
    return new HttpProblem({ status: 400, detail: 'Some fields are not valid; errors names each of them.', errors: error.errors });
  if (error instanceof UnknownReservation) return unknownReservation();
  if (error instanceof PassEnded) return new HttpProblem({ status: 410, detail: error.message });
  if (error instanceof Conflict) return new HttpProblem({ status: 409, detail: error.message });
  if (error instanceof TemporalUnavailable) return unavailable('Temporal does not take this now. Nothing was changed; try again.');
  if (error instanceof NoWorker)
    return unavailable('No worker answered in time. Try again; with the same Idempotency-Key an action is done once.');
  return fromSeam(error) ?? fromFramework(error);
}

export const unknownReservation = (): HttpProblem =>
  new HttpProblem({ status: 404, detail: 'No such reservation is known, or the token does not reach it.' });

const unavailable = (detail: string, retryAfter = RETRY_AFTER): HttpProblem =>
  new HttpProblem({ status: 503, detail, headers: { 'retry-after': String(retryAfter) } });

/** What was to be read from Seam for the asker, once it answers again or is let in. */
const SEAM_AWAY: Partial<Readonly<Record<FailureType, string>>> = {
  SeamUnavailable: 'Try again.',
  SeamRateLimited: 'Try again after the pause that Retry-After names.',
  SeamUnreadable: 'Try again; if it stays so, look at SEAM_ENDPOINT and at what stands between this server and Seam.',
  SeamUnauthorized: 'Check SEAM_API_KEY, then try again.',
};

function fromSeam(error: unknown): HttpProblem | null {
  if (!(error instanceof ApplicationFailure) || !error.type || !isFailureType(error.type)) return null;
  const { type, nextRetryDelay: pause } = error;
  const advice = SEAM_AWAY[type];
  if (advice === undefined) return null;
  return unavailable(`${FAILURES[type].text}. ${advice}`, typeof pause === 'number' ? Math.ceil(pause / 1_000) : RETRY_AFTER);
}

const FRAMEWORK: Readonly<Record<number, string>> = {
  400: 'The request could not be read as HTTP with a JSON body.',
  413: 'The body is larger than 256 KiB.',
  414: 'A part of the address is too long.',
  415: 'Send the body as application/json.',
};

/** Fastify's own errors carry a status and never what was sent. */
function fromFramework(error: unknown): HttpProblem | null {
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  if (!isProblemStatus(status) || status >= 500) return null;
  const detail = FRAMEWORK[status] ?? KINDS[status][1];
  return new HttpProblem({ status, detail, errors: status === 400 ? [{ path: '', message: detail }] : [] });
}
