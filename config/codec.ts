/**
 * Encrypts everything that Temporal keeps for us: AES-256-GCM, the key's id in plain beside it. Deflated before, for history is
 * billed by the byte and what is encrypted can't be compressed any more.
 *
 * `data` = IV (12 bytes), ciphertext, tag (16 bytes). Plaintext = one byte (0 plain, 1 deflated, 2 deflated with the dictionary), then the
 * payload as protobuf. The dictionary is the shape of our own payloads, without anybody's data: small payloads are mostly field names.
 * It is part of the format and must never change; another one needs another byte.
 */
import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { ApplicationFailure, METADATA_ENCODING_KEY, type Payload, type PayloadCodec } from '@temporalio/common';
import proto from '@temporalio/proto';
import type { EncryptionKey } from './encryption-keys.ts';

const { Payload: PayloadMessage } = proto.temporal.api.common.v1;

const KEY_ID = 'encryption-key-id';
const ENCODING = 'binary/encrypted';
const IV_BYTES = 12;
const TAG_BYTES = 16;
const PLAIN = Buffer.from([0]);
const DEFLATED = Buffer.from([1]);
const WITH_DICTIONARY = Buffer.from([2]);
const dictionary = readFileSync(new URL('./payload-dictionary.txt', import.meta.url));
/** A 16 KB window holds the dictionary and a whole payload of ours, and costs less time than zlib's default. */
const DEFLATE = { level: 6, memLevel: 6, windowBits: 14, dictionary } as const;
/** Below this, deflating gains nothing. */
const DEFLATE_BYTES_MIN = 64;

/**
 * The first key encrypts, all decrypt. What was never encrypted passes, so that a person can signal by Temporal's own tools.
 * @throws ApplicationFailure `PayloadValidationError`, not retryable: a key is missing, or the data was tampered with
 */
export function createCodec(keys: readonly EncryptionKey[]): PayloadCodec {
  const [first] = keys;
  if (first === undefined) throw new RangeError('the codec needs at least one encryption key');
  // As objects: raw bytes would be made into one at every call, which takes longer than encrypting.
  const byId = new Map(keys.map(({ id, key }) => [id, createSecretKey(key)]));
  const key = createSecretKey(first.key);
  const metadata = { [METADATA_ENCODING_KEY]: Buffer.from(ENCODING), [KEY_ID]: Buffer.from(first.id) };
  return {
    encode: async (payloads) => payloads.map((payload) => ({ metadata, data: encrypt({ payload, key }) })),
    decode: async (payloads) =>
      payloads.map((payload) => (text(payload, METADATA_ENCODING_KEY) === ENCODING ? decrypt({ payload, byId }) : payload)),
  };
}

function encrypt({ payload, key }: { payload: Payload; key: KeyObject }): Uint8Array {
  const bytes = PayloadMessage.encode(payload).finish();
  const deflated = bytes.length < DEFLATE_BYTES_MIN ? bytes : deflateRawSync(bytes, DEFLATE);
  const [flag, body] = deflated.length < bytes.length ? [WITH_DICTIONARY, deflated] : [PLAIN, bytes];
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  return Buffer.concat([iv, cipher.update(flag), cipher.update(body), cipher.final(), cipher.getAuthTag()]);
}

function decrypt({ payload, byId }: { payload: Payload; byId: ReadonlyMap<string, KeyObject> }): Payload {
  const keyId = text(payload, KEY_ID);
  const key = byId.get(keyId);
  if (key === undefined) throw rejected(`no encryption key with the id "${keyId.slice(0, 32)}": add it to LATCHKEY_ENCRYPTION_KEYS`);
  const data = payload.data ?? new Uint8Array();
  if (data.length <= IV_BYTES + TAG_BYTES) throw rejected('the encrypted payload is cut short');
  const plain = open({ data, key });
  const body = plain.subarray(1);
  const { metadata, data: inner } = PayloadMessage.decode(inflated({ flag: plain[0], body }));
  return { metadata, data: inner };
}

/** Copied to size: zlib's own buffer has room for 16 KB or more, and each workflow in memory keeps its last payload. */
function inflated({ flag, body }: { flag: number | undefined; body: Buffer }): Uint8Array {
  if (flag === WITH_DICTIONARY[0]) return new Uint8Array(inflateRawSync(body, { dictionary }));
  return flag === DEFLATED[0] ? new Uint8Array(inflateRawSync(body)) : body;
}

function open({ data, key }: { data: Uint8Array; key: KeyObject }): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, data.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAuthTag(data.subarray(data.length - TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(data.subarray(IV_BYTES, data.length - TAG_BYTES)), decipher.final()]);
  } catch {
    throw rejected('the encrypted payload was changed, or encrypted with another key of the same id');
  }
}

const text = ({ metadata }: Payload, name: string): string => Buffer.from(metadata?.[name] ?? []).toString('utf8');

/** The type that the SDK's own converters use for what no retry can make readable. */
const rejected = (message: string): ApplicationFailure => ApplicationFailure.nonRetryable(message, 'PayloadValidationError');
