/** Finds whose token a request carries, in a time that tells nothing about the tokens. */
import { timingSafeEqual } from 'node:crypto';
import { type ApiToken, sha256, type TokenRole } from './api-tokens.ts';

export interface TokenHolder {
  readonly name: string;
  readonly role: TokenRole;
  /** null: all. */
  readonly sources: readonly string[] | null;
  /** null: all. */
  readonly properties: readonly string[] | null;
}

export interface TokenCheck {
  /** The holder of the token behind `Bearer `; null for a stranger's. */
  find(bearer: string): TokenHolder | null;
}

/** Digests have one length whatever is sent, and every token is compared whether or not one has matched. */
export function createTokenCheck(tokens: readonly ApiToken[]): TokenCheck {
  const known = tokens.map((token) => ({
    digest: Buffer.from(token.sha256, 'hex'),
    holder: { name: token.name, role: token.role, sources: token.sources, properties: token.properties },
  }));
  return {
    find: (bearer) => {
      const digest = Buffer.from(sha256(bearer), 'hex');
      const matches = known.filter((token) => timingSafeEqual(token.digest, digest));
      return matches[0]?.holder ?? null;
    },
  };
}
