/** A route as data: what is registered is what `/openapi.json` documents. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { TokenRole } from '../../config/api-tokens.ts';
import type { PassHolder } from '../../config/pass-token.ts';
import type { TokenHolder } from '../../config/tokens.ts';
import { fieldError } from '../intake.ts';
import { BadRequest } from '../refusals.ts';
import type { ProblemStatus } from './problem.ts';

interface Answer {
  readonly description: string;
  /** The shape of a JSON body; left out where there is none or it is no JSON. */
  readonly schema?: z.ZodType;
  readonly contentType?: string;
}

interface Described {
  readonly method: 'GET' | 'PUT' | 'POST';
  /** As in OpenAPI: `/v1/reservations/{source}/{reservationId}`. */
  readonly path: string;
  readonly summary: string;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly headers?: z.ZodObject;
  readonly body?: z.ZodType;
  /** Left out: JSON alone. */
  readonly bodyTypes?: readonly string[];
  readonly answers: Readonly<Partial<Record<200 | 202 | 204 | 503, Answer>>>;
  readonly problems: readonly ProblemStatus[];
}

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** Needs a bearer token of one of these roles. */
export interface GuardedRoute extends Described {
  readonly access: 'token';
  readonly roles: readonly TokenRole[];
  readonly handle: (exchange: Exchange & { readonly caller: TokenHolder }) => Promise<unknown>;
}

/** Open to everybody. */
export interface OpenRoute extends Described {
  readonly access: 'open';
  readonly handle: (exchange: Exchange) => Promise<unknown>;
}

/** Proven by a signature over the raw body. Without one of the headers the body is not even read. */
export interface SignedRoute extends Described {
  readonly access: 'signature';
  readonly signatureHeaders: readonly string[];
  /** @throws Forged where the signature does not fit */
  readonly handle: (exchange: SignedMessage & { readonly reply: FastifyReply }) => Promise<unknown>;
}

/** Opened by the token in its path, which is checked before the body is read. Answers HTML or JSON, errors too. */
export interface PassRoute extends Described {
  readonly access: 'pass';
  readonly handle: (exchange: Exchange & { readonly holder: PassHolder }) => Promise<unknown>;
}

export class Forged extends Error {
  override readonly name = 'Forged';
}

export interface SignedMessage {
  readonly request: FastifyRequest;
  /** As it came. */
  readonly body: Buffer;
}

export type Route = GuardedRoute | OpenRoute | SignedRoute | PassRoute;

/** @throws BadRequest naming every field that the schema refuses */
export function read<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new BadRequest(parsed.error.issues.map(fieldError));
}
