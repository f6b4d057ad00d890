/** JSON bodies: strict UTF-8, and no keys that reach into prototypes. */
import type { FastifyInstance } from 'fastify';
import { HttpProblem } from './problem.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true });

const malformed = (message: string): HttpProblem =>
  new HttpProblem({ status: 400, detail: 'The body could not be read.', errors: [{ path: '', message }] });

/** An empty body reads as none: what needs one says so itself, and an action does not. */
export function acceptJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    if (body.length === 0) return done(null, undefined);
    const text = decode(body);
    if (text === null) return done(malformed('is not UTF-8'), undefined);
    return parse(request, text, (error, value) =>
      error === null ? done(null, value) : done(malformed('is not JSON that can be taken'), undefined),
    );
  });
}

/** Signed bodies stay the bytes that were signed, whatever content type they are sent as. */
export function acceptRaw(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<Buffer>('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
}

function decode(body: Buffer): string | null {
  try {
    return utf8.decode(body);
  } catch {
    return null;
  }
}
