/** Who may call the API, from `LATCHKEY_API_TOKENS` or a file of hashes. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { isSet, type Reading, readGroup, type Variables } from './variables.ts';
import { parseYaml } from './yaml-file.ts';

export const ROLES = ['pms', 'viewer', 'operator'] as const;
export type TokenRole = (typeof ROLES)[number];

export interface ApiToken {
  /** Stands in timelines and logs as who did it. */
  readonly name: string;
  readonly role: TokenRole;
  /** Of the token's UTF-8 text, hexadecimal. */
  readonly sha256: string;
  /** The token itself, for the command line of the same machine; null where only the hash is known. */
  readonly secret: string | null;
  /** null: all. */
  readonly sources: readonly string[] | null;
  /** null: all. */
  readonly properties: readonly string[] | null;
}

/** Shorter ones can be guessed through the API within its rate limit in a foreseeable time. */
const TOKEN_LENGTH_MIN = 16;
const EXPECTED = `expected role:token, several by comma; role ${ROLES.join(', ')}; token at least ${TOKEN_LENGTH_MIN} characters without space or comma`;

export const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** A token that may do all that its role may. */
export const unscopedToken = ({ name, role, secret }: { name: string; role: TokenRole; secret: string }): ApiToken => ({
  name,
  role,
  sha256: sha256(secret),
  secret,
  sources: null,
  properties: null,
});

const listed = z.string().transform((text, context): readonly ApiToken[] => {
  const parts = text.split(',').map((part) => /^\s*(pms|viewer|operator):([\x21-\x2b\x2d-\x7e]+)\s*$/.exec(part));
  const pairs = parts.flatMap((match) => {
    const role = ROLES.find((known) => known === match?.[1]);
    return role === undefined || (match?.[2] ?? '').length < TOKEN_LENGTH_MIN ? [] : [{ role, secret: match?.[2] ?? '' }];
  });
  if (pairs.length < parts.length) context.addIssue({ code: 'custom', message: EXPECTED });
  return pairs.map(({ role, secret }, at) => {
    const earlier = pairs.slice(0, at).filter((pair) => pair.role === role).length;
    return unscopedToken({ name: earlier === 0 ? role : `${role}-${earlier + 1}`, role, secret });
  });
});

const scope = z.array(z.string().min(1)).min(1).nullable().default(null);

const fileSchema = z
  .array(
    z.strictObject({
      name: z.string().regex(/^[\w.@ -]{1,60}$/, 'expected at most 60 letters, digits, spaces, . _ - and @'),
      role: z.enum(ROLES),
      sha256: z.string().regex(/^[0-9a-fA-F]{64}$/, 'expected the SHA-256 of the token, 64 hexadecimal digits'),
      sources: scope,
      properties: scope,
    }),
  )
  .min(1)
  .refine((list) => new Set(list.map(({ name }) => name)).size === list.length, 'expected another name for each token');

const schema = z
  .object({ LATCHKEY_API_TOKENS: listed.optional(), LATCHKEY_TOKENS_FILE: z.string().optional() })
  .transform((set) => set.LATCHKEY_API_TOKENS ?? set.LATCHKEY_TOKENS_FILE ?? '');

const REMEDY = 'Set LATCHKEY_API_TOKENS to role:token,… or LATCHKEY_TOKENS_FILE to a YAML file of hashes';

export function readTokens({ env, needed }: { env: Variables; needed: boolean }): Reading<readonly ApiToken[]> {
  const required = [{ names: ['LATCHKEY_API_TOKENS', 'LATCHKEY_TOKENS_FILE'], remedy: REMEDY }] as const;
  const { value, problems } = readGroup<readonly ApiToken[] | string>({
    env,
    group: { title: 'tokens', required, optional: [], schema },
    needed,
  });
  return typeof value === 'string' && isSet(env, 'LATCHKEY_TOKENS_FILE')
    ? readTokensFile(value)
    : { value: typeof value === 'string' ? null : value, problems };
}

function readTokensFile(path: string): Reading<readonly ApiToken[]> {
  try {
    const { value, problems } = parseYaml({ text: readFileSync(path, 'utf8'), file: path, schema: fileSchema });
    return { value: value?.map((token) => ({ ...token, sha256: token.sha256.toLowerCase(), secret: null })) ?? null, problems };
  } catch {
    return {
      value: null,
      problems: [{ where: 'LATCHKEY_TOKENS_FILE', what: `cannot read ${path}`, remedy: 'Name a YAML file that this process may read' }],
    };
  }
}
