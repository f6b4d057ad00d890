/** The HTTP API as the command line asks it: which server, with whose token, and what a refusal reads like. */
import { z } from 'zod';
import { type ApiToken, readTokens, type TokenRole } from '../../config/api-tokens.ts';
import { ConfigurationError } from '../../config/configuration-error.ts';
import { readEngine } from '../../config/engine-variables.ts';
import { findSecrets } from '../../config/secrets.ts';
import { isSet, type Variables } from '../../config/variables.ts';
import { localUrl } from '../local-url.ts';
import { Refused, UsageError } from './failure.ts';
import { plain } from './terminal-text.ts';

interface Request {
  readonly method: 'GET' | 'PUT' | 'POST';
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Answers the JSON of a 2xx. @throws Refused in the words of the problem document */
export type Api = (request: Request) => Promise<unknown>;

/** Milliseconds; the server itself gives up sooner. */
const ANSWERS_WITHIN = 20_000;

/** `roles`: those that may do it, the least mighty first. @throws ConfigurationError, UsageError (no token) */
export function connectToApi({ env, roles }: { env: Variables; roles: readonly TokenRole[] }): Api {
  const engine = readEngine(env);
  if (engine.value === null) throw new ConfigurationError(engine.problems);
  const server = engine.value.publicUrl ?? localUrl(engine.value);
  const authorization = `Bearer ${tokenOf({ env, dataDir: engine.value.dataDir, roles })}`;
  return async ({ method, path, body, headers = {} }) => {
    const content = body === undefined ? {} : { 'content-type': 'application/json' };
    const answer = await fetch(`${server}${path}`, {
      method,
      headers: { authorization, accept: 'application/json', ...content, ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(ANSWERS_WITHIN),
    }).catch((error: unknown) => {
      throw unreachable({ server, error });
    });
    const read: unknown = await answer.json().catch(() => null);
    if (!answer.ok) throw refusal({ status: answer.status, body: read });
    return read;
  };
}

/** In this order: the one that is named, those of the server's own environment, those that `start` made on this machine. */
function tokenOf({ env, dataDir, roles }: { env: Variables; dataDir: string; roles: readonly TokenRole[] }): string {
  if (isSet(env, 'LATCHKEY_TOKEN')) return env['LATCHKEY_TOKEN']?.trim() ?? '';
  const { value: listed, problems } = readTokens({ env, needed: false });
  if (problems.length > 0) throw new ConfigurationError(problems);
  const known: readonly ApiToken[] = listed ?? findSecrets(dataDir)?.tokens ?? [];
  const secrets = roles.map((role) => known.find((token) => token.role === role && token.secret !== null)?.secret ?? null);
  const secret = secrets.find((found) => found !== null);
  if (secret !== undefined && secret !== null) return secret;
  throw new UsageError(
    `No token of the role ${roles.join(' or ')} is known here. Set LATCHKEY_TOKEN, or run this where the server was started.`,
  );
}

function unreachable({ server, error }: { server: string; error: unknown }): Refused {
  const cause = error instanceof Error && error.cause instanceof Error && 'code' in error.cause ? ` (${String(error.cause.code)})` : '';
  const remedy = 'Start it by `npm start`, or say where it is by LATCHKEY_PUBLIC_URL, or LATCHKEY_HOST and LATCHKEY_PORT.';
  return new Refused(`No server answers at ${server}${cause}. ${remedy}`);
}

const problemSchema = z.object({
  detail: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).default([]),
});

function refusal({ status, body }: { status: number; body: unknown }): Refused {
  const problem = problemSchema.safeParse(body);
  if (!problem.success) return new Refused(`The server answered ${status}, and nothing that can be read. Is it Latchkey?`);
  const { detail, errors } = problem.data;
  return new Refused(
    [`${detail} (${status})`, ...errors.map(({ path, message }) => plain(path === '' ? `  ${message}` : `  ${path}: ${message}`))].join(
      '\n',
    ),
  );
}
