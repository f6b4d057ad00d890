/**
 * The secret in the link to a guest's page. It says whose page it is, sealed with authenticated encryption under a synthetic IV (SIV, Rogaway
 * and Shrimpton 2006: the HMAC of everything is both the tag and the IV). So the same stay, guest and generation always give the same token,
 * by which an SMS of unknown fate is found again, and it is 16 characters shorter than with a nonce and a tag. Nothing of it is stored.
 */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { EncryptionKey } from './encryption-keys.ts';

export interface PassHolder {
  readonly source: string;
  readonly reservationId: string;
  readonly guestId: string;
  /** Raised by a `reissue`, which ends the links of before. */
  readonly generation: number;
}

export interface PassTokens {
  /** Base64url, 16 bytes longer than what it says. */
  seal(holder: PassHolder): string;
  /** null: not one of ours. */
  open(token: string): PassHolder | null;
}

const TAG_BYTES = 16;
const KEY_BYTES = 32;
const BASE64URL = /^[A-Za-z0-9_-]+$/;
/** Generation, key of the reservation, guest; only the last of them may hold a line break. */
const CONTENT = /^(0|[1-9]\d{0,8})\n([^:\n]+):([^:\n]+)\n(.+)$/s;

interface Keys {
  readonly mac: Buffer;
  readonly encryption: Buffer;
}

/** The first key seals, all open. Another deployment's tokens are none of ours, also under the same key. @throws RangeError without a key */
export function createPassTokens({ keys, deployment }: { keys: readonly EncryptionKey[]; deployment: string }): PassTokens {
  const derived = keys.map(({ key }): Keys => ({ mac: derive(key, 'latchkey pass mac'), encryption: derive(key, 'latchkey pass') }));
  const [first] = derived;
  if (first === undefined) throw new RangeError('pass tokens need at least one encryption key');
  return {
    seal({ source, reservationId, guestId, generation }) {
      const plain = Buffer.from(`${generation}\n${source}:${reservationId}\n${guestId}`);
      const tag = tagOf({ keys: first, deployment, plain });
      const cipher = createCipheriv('aes-256-ctr', first.encryption, tag);
      return Buffer.concat([tag, cipher.update(plain), cipher.final()]).toString('base64url');
    },
    open(token) {
      const sealed = bytesOf(token);
      if (sealed === null) return null;
      const plain = derived.map((candidate) => unseal({ keys: candidate, deployment, sealed })).find((found) => found !== null);
      return plain === undefined ? null : holderOf(plain.toString());
    },
  };
}

const derive = (key: Uint8Array, purpose: string): Buffer => Buffer.from(hkdfSync('sha256', key, '', purpose, KEY_BYTES));

const tagOf = ({ keys, deployment, plain }: { keys: Keys; deployment: string; plain: Buffer }): Buffer =>
  createHmac('sha256', keys.mac).update(`${deployment}\n`).update(plain).digest().subarray(0, TAG_BYTES);

function unseal({ keys, deployment, sealed }: { keys: Keys; deployment: string; sealed: Buffer }): Buffer | null {
  const tag = sealed.subarray(0, TAG_BYTES);
  const decipher = createDecipheriv('aes-256-ctr', keys.encryption, tag);
  const plain = Buffer.concat([decipher.update(sealed.subarray(TAG_BYTES)), decipher.final()]);
  return timingSafeEqual(tag, tagOf({ keys, deployment, plain })) ? plain : null;
}

/** Only as it was written: bits that decoding would ignore make another token, which is none. */
function bytesOf(token: string): Buffer | null {
  const bytes = BASE64URL.test(token) ? Buffer.from(token, 'base64url') : Buffer.alloc(0);
  return bytes.length > TAG_BYTES && bytes.toString('base64url') === token ? bytes : null;
}

function holderOf(content: string): PassHolder | null {
  const [, generation, source, reservationId, guestId] = CONTENT.exec(content) ?? [];
  if (!generation || !source || !reservationId || !guestId) return null;
  return { generation: Number(generation), source, reservationId, guestId };
}
