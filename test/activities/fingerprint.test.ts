import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createFingerprints } from '../../activities/fingerprint.ts';

const old = { id: 'old', key: Buffer.alloc(32, 1) };
const fresh = { id: 'fresh', key: Buffer.alloc(32, 2) };
const credential = { secret: '4711', keyId: null };

test('a rotation of keys changes no fingerprint: the key that made it is used as long as it is known', () => {
  const before = createFingerprints([old]).of(credential);
  const rotated = createFingerprints([fresh, old]);
  assert.equal(rotated.of({ ...credential, keyId: 'old' }), before);
  assert.match(rotated.of(credential), /^fresh\.[\w-]{22}$/);
  assert.match(createFingerprints([fresh]).of({ ...credential, keyId: 'old' }), /^fresh\./);
});

test('another code or another key make another fingerprint, the same code the same one', () => {
  const fingerprints = createFingerprints([fresh, old]);
  const made = [credential, { ...credential, secret: '4712' }, { ...credential, keyId: 'old' }].map((each) => fingerprints.of(each));
  assert.equal(new Set(made).size, 3);
  assert.equal(fingerprints.of(credential), made[0]);
});

test('without a key there is no fingerprint that would be safe, so there is none', () => {
  assert.throws(() => createFingerprints([]), /LATCHKEY_ENCRYPTION_KEYS/);
});
