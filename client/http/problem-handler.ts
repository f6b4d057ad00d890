/** Turns whatever goes wrong on the way to an answer into a problem document, down to requests that are no HTTP at all. */

import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyReply } from 'fastify';
import type { Logger } from '../../config/log.ts';
import { HttpProblem, PROBLEM_TYPE, problemOf } from './problem.ts';
import { SECURITY_HEADERS } from './security-headers.ts';

/** What to answer, with what the operators have to hear of it in the log. */
export function notedProblem({ error, log }: { error: unknown; log: Logger }): HttpProblem {
  const known = problemOf(error);
  if (known === null) log.error({ failure: describe(error) }, 'a request failed for a reason that nobody foresaw');
  if (known?.status === 503) log.warn({ err: error }, 'a request could not be served');
  return known ?? new HttpProblem({ status: 500, detail: 'The failure is in the log of this server.' });
}

export function sendProblem({ reply, error, log }: { reply: FastifyReply; error: unknown; log: Logger }): FastifyReply {
  const problem = notedProblem({ error, log });
  return reply
    .code(problem.status)
    .headers({ ...SECURITY_HEADERS, ...problem.headers })
    .type(PROBLEM_TYPE)
    .send(JSON.stringify(problem.toProblem()));
}

/** Name and place only: the message of a foreign error may quote what was sent. */
function describe(error: unknown): { readonly name: string; readonly frames: readonly string[] } {
  if (!(error instanceof Error)) return { name: typeof error, frames: [] };
  return {
    name: error.name,
    frames: (error.stack ?? '')
      .split('\n')
      .filter((line) => /^\s+at /.test(line))
      .slice(0, 8),
  };
}

const BY_CODE: Readonly<Record<string, 408 | 431>> = { ERR_HTTP_REQUEST_TIMEOUT: 408, HPE_HEADER_OVERFLOW: 431 };

/** For bytes that Node's parser refuses: there is no request and no reply yet, only the socket. */
export function answerClientError(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const status = BY_CODE[error.code ?? ''] ?? 400;
  const body = JSON.stringify(new HttpProblem({ status, detail: 'The request could not be read as HTTP.' }).toProblem());
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    `Content-Type: ${PROBLEM_TYPE}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...Object.entries(SECURITY_HEADERS).map(([name, value]) => `${name}: ${value}`),
    'Connection: close',
  ];
  if (socket.writable) socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  socket.destroySoon();
}
