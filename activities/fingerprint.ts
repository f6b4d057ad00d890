/**
 * Fingerprints of credentials: what the workflow keeps of a code or an Instant Key link, to notice that it changed after the guest
 * was told: the same digits behind another grant are no news. Keyed, for a bare hash of four digits is no secret, and marked with the key's id, so that a rotation of keys changes none.
 */
import { createHmac, hkdfSync } from 'node:crypto';

const PURPOSE = 'latchkey fingerprint';
const KEY_BYTES = 32;
const DIGEST_BYTES = 16;

interface Credential {
  readonly secret: string;
  /** The id of the key that an earlier fingerprint was made with, or null for the first one. */
  readonly keyId: string | null;
}

export interface Fingerprints {
  /** `<key id>.<digest>`, the digest being 16 bytes in base64url. A key that is no longer known gives way to the first. */
  of(credential: Credential): string;
}

/** The encryption keys, the first being the one in use. @throws Error when there is none */
export function createFingerprints(keys: readonly { readonly id: string; readonly key: Buffer }[]): Fingerprints {
  const derived = keys.map(({ id, key }) => ({ id, key: Buffer.from(hkdfSync('sha256', key, '', PURPOSE, KEY_BYTES)) }));
  const [first] = derived;
  if (first === undefined) throw new Error('No encryption key to make fingerprints with: set LATCHKEY_ENCRYPTION_KEYS.');
  return {
    of({ secret, keyId }) {
      const { id, key } = derived.find((candidate) => candidate.id === keyId) ?? first;
      const digest = createHmac('sha256', key).update(secret).digest();
      return `${id}.${digest.subarray(0, DIGEST_BYTES).toString('base64url')}`;
    },
  };
}
