/** Where a list goes on: the server's page token, bound to the query that it belongs to. Opaque outside. */
import { createHash } from 'node:crypto';
import { BadRequest } from '../refusals.ts';

const DIGEST_BYTES = 8;
/** Far above what a server's token needs. */
const CURSOR_LENGTH = 4_000;

/** Over both: a token that the server cannot read makes it fail as if it were ill, and would be tried again until the deadline. */
const digest = ({ query, token }: { query: string; token: Uint8Array }): Buffer =>
  createHash('sha256').update(query).update('\0').update(token).digest().subarray(0, DIGEST_BYTES);

export const cursorOf = (of: { query: string; token: Uint8Array }): string => Buffer.concat([digest(of), of.token]).toString('base64url');

/** @throws BadRequest where the cursor is none of this list's */
export function tokenOf({ query, cursor }: { query: string; cursor: string }): Uint8Array {
  const bytes = Buffer.from(cursor, 'base64url');
  const token = bytes.subarray(DIGEST_BYTES);
  const isWhole = cursor.length <= CURSOR_LENGTH && token.length > 0 && bytes.toString('base64url') === cursor;
  if (isWhole && bytes.subarray(0, DIGEST_BYTES).equals(digest({ query, token }))) return token;
  throw new BadRequest([{ path: 'cursor', message: 'is not one that this list gave; start again without it' }]);
}
