/** The keys that make everything in Temporal unreadable to others: the first encrypts, all decrypt. */
import { z } from 'zod';
import type { Group } from './variables.ts';

export interface EncryptionKey {
  /** Stands in plain beside what the key encrypted. */
  readonly id: string;
  /** 32 bytes. */
  readonly key: Uint8Array;
}

export const KEY_BYTES = 32;
const KEY_ID = /^[A-Za-z0-9_-]{1,32}$/;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
const EXPECTED = 'expected id:base64 of 32 bytes, several by comma, such as k1:… with the output of `openssl rand -base64 32`';

/** null where the text is no `id:base64(32 bytes)`. */
export function encryptionKey(text: string): EncryptionKey | null {
  const [id = '', encoded = '', ...rest] = text.trim().split(':');
  const key = Buffer.from(encoded, 'base64');
  return KEY_ID.test(id) && BASE64.test(encoded) && rest.length === 0 && key.length === KEY_BYTES ? { id, key } : null;
}

const keys = z.string().transform((text, context): readonly EncryptionKey[] => {
  const parsed = text.split(',').map(encryptionKey);
  const found = parsed.filter((key) => key !== null);
  if (found.length < parsed.length) context.addIssue({ code: 'custom', message: EXPECTED });
  if (new Set(found.map(({ id }) => id)).size < found.length)
    context.addIssue({ code: 'custom', message: 'expected another id for each key' });
  return found;
});

export const ENCRYPTION: Group<readonly EncryptionKey[]> = {
  title: 'encryption keys',
  required: [
    {
      names: ['LATCHKEY_ENCRYPTION_KEYS'],
      remedy: 'Set it to id:base64(32 bytes), the same for every worker and server of this deployment',
    },
  ],
  optional: [],
  schema: z.object({ LATCHKEY_ENCRYPTION_KEYS: keys }).transform((set) => set.LATCHKEY_ENCRYPTION_KEYS),
};
