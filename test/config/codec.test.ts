import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { ApplicationFailure, defaultPayloadConverter, type Payload } from '@temporalio/common';
import {
  decodeOptionalFailureToOptionalError,
  encodeErrorToFailure,
  loadDataConverter,
} from '@temporalio/common/lib/internal-non-workflow/index.js';
import { createCodec } from '../../config/codec.ts';
import { dataConverter } from '../../config/data-converter.ts';
import type { EncryptionKey } from '../../config/encryption-keys.ts';

const key = (id: string): EncryptionKey => ({ id, key: randomBytes(32) });
const [k1, k2] = [key('k1'), key('k2')];
const text = (bytes: Uint8Array | null | undefined): string => Buffer.from(bytes ?? []).toString('latin1');
const SECRET = 'ada@example.com';
const VALUES: readonly unknown[] = [
  undefined,
  null,
  0,
  '',
  SECRET,
  { guests: Array.from({ length: 40 }, (_, id) => ({ id, email: SECRET })) },
  new Uint8Array([0, 255, 1]),
  [[], {}],
];

async function encoded(value: unknown, keys: readonly EncryptionKey[] = [k1]): Promise<Payload> {
  const [payload] = await createCodec(keys).encode([defaultPayloadConverter.toPayload(value)]);
  assert.ok(payload !== undefined);
  return payload;
}

async function decoded(payload: Payload, keys: readonly EncryptionKey[]): Promise<unknown> {
  const [plain] = await createCodec(keys).decode([payload]);
  assert.ok(plain !== undefined);
  return defaultPayloadConverter.fromPayload(plain);
}

const isPermanent = (pattern: RegExp) => (error: unknown) =>
  error instanceof ApplicationFailure &&
  error.nonRetryable === true &&
  error.type === 'PayloadValidationError' &&
  pattern.test(error.message);

test('every kind of value comes back as it was, and nothing of it can be read meanwhile', async () => {
  for (const value of VALUES) {
    const payload = await encoded(value);
    assert.equal(text(payload.metadata?.['encoding']), 'binary/encrypted');
    assert.equal(text(payload.metadata?.['encryption-key-id']), 'k1');
    assert.doesNotMatch(text(payload.data), /ada@|json|binary/);
    assert.deepEqual(await decoded(payload, [k1]), value);
  }
});

test('a value never looks the same twice, and what is long is stored shorter than it is', async () => {
  const long = VALUES[5];
  const [a, b] = [await encoded(long), await encoded(long)];
  assert.notEqual(text(a.data), text(b.data));
  assert.ok((a.data?.length ?? 0) < JSON.stringify(long).length / 4, `${a.data?.length} bytes`);
});

test('after a rotation the new key encrypts, and what the old one encrypted is still read', async () => {
  const old = await encoded(SECRET, [k1]);
  assert.equal(await decoded(old, [k2, k1]), SECRET);
  assert.equal(text((await encoded(SECRET, [k2, k1])).metadata?.['encryption-key-id']), 'k2');
});

test('a key that is missing fails for good and names the key and where it belongs', async () => {
  await assert.rejects(decoded(await encoded(SECRET, [k1]), [k2]), isPermanent(/"k1".*LATCHKEY_ENCRYPTION_KEYS/));
  assert.throws(() => createCodec([]), RangeError);
});

test('whatever is changed, cut or put under another key is refused', async () => {
  const { metadata, data } = await encoded(SECRET);
  const bytes = Buffer.from(data ?? []);
  for (let at = 0; at < bytes.length; at += 1) {
    const changed = Buffer.from(bytes);
    changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
    await assert.rejects(decoded({ metadata: metadata ?? {}, data: changed }, [k1]), isPermanent(/changed/), `byte ${at}`);
  }
  for (const length of [0, 12, 28, bytes.length - 1])
    await assert.rejects(decoded({ metadata: metadata ?? {}, data: bytes.subarray(0, length) }, [k1]), isPermanent(/changed|cut short/));
  await assert.rejects(decoded({ metadata: metadata ?? {}, data: bytes }, [{ id: 'k1', key: k2.key }]), isPermanent(/changed/));
});

test('what a person sends in plain by the tools of Temporal is read', async () => {
  assert.equal(await decoded(defaultPayloadConverter.toPayload('plain'), [k1]), 'plain');
});

test('the message, stack trace and cause of a failure are encrypted, and come back', async () => {
  const converter = loadDataConverter(dataConverter([k1]));
  const error = ApplicationFailure.create({
    message: `no mail for ${SECRET}`,
    type: 'MailRefused',
    details: [SECRET],
    cause: new Error(SECRET),
  });
  const failure = await encodeErrorToFailure(converter, error);
  assert.doesNotMatch(
    JSON.stringify(failure, (_, value) => (value instanceof Uint8Array ? text(value) : value)),
    /ada@|codec\.test/,
  );
  assert.equal(failure.applicationFailureInfo?.type, 'MailRefused');
  const back = await decodeOptionalFailureToOptionalError(converter, failure);
  assert.equal(back?.message, `no mail for ${SECRET}`);
  assert.ok(back.cause instanceof Error && back.cause.message === SECRET);
});
