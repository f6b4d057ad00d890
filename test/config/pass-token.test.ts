import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { createPassTokens } from '../../config/pass-token.ts';

const key = (id: string) => ({ id, key: randomBytes(32) });
const [OLD, NEW] = [key('k1'), key('k2')];
const holder = { source: 'mews-lisbon', reservationId: 'R-1042', guestId: 'g1', generation: 0 };
const tokens = createPassTokens({ keys: [OLD], deployment: 'latchkey' });

test('a token says whose it is, is the same each time, and short enough for an SMS', () => {
  const token = tokens.seal(holder);
  assert.deepEqual(tokens.open(token), holder);
  assert.equal(tokens.seal(holder), token);
  assert.match(token, /^[\w-]{40,56}$/);
  for (const odd of [{ guestId: 'Zoë\n:7' }, { generation: 12 }, { reservationId: 'x'.repeat(128) }])
    assert.deepEqual(tokens.open(tokens.seal({ ...holder, ...odd })), { ...holder, ...odd });
});

test('another stay, guest or generation is another token, and two tokens share no part', () => {
  const others = [{ reservationId: 'R-1043' }, { guestId: 'g2' }, { generation: 1 }, { source: 'mews-porto' }];
  const heads = [{}, ...others].map((change) => tokens.seal({ ...holder, ...change }).slice(0, 12));
  assert.equal(new Set(heads).size, others.length + 1);
});

test('whatever is changed of a token, cut off or added, it opens nothing', () => {
  const token = tokens.seal(holder);
  const altered = [...token].map((letter, i) => token.slice(0, i) + (letter === 'A' ? 'B' : 'A') + token.slice(i + 1));
  const garbage = ['', 'x', 'x'.repeat(40), token.slice(0, -4), token.slice(0, -1), `${token}AAAA`, `${token}=`, ` ${token}`];
  for (const wrong of [...altered, ...garbage, [...token].toReversed().join(''), randomBytes(60).toString('base64url')])
    assert.equal(tokens.open(wrong), null, wrong);
});

test('the first key seals and all open, so that keys rotate; another deployment opens nothing', () => {
  const before = tokens.seal(holder);
  const rotated = createPassTokens({ keys: [NEW, OLD], deployment: 'latchkey' });
  assert.deepEqual(rotated.open(before), holder);
  assert.equal(tokens.open(rotated.seal(holder)), null);
  assert.equal(createPassTokens({ keys: [OLD], deployment: 'latchkey2' }).open(before), null);
  assert.throws(() => createPassTokens({ keys: [], deployment: 'latchkey' }), RangeError);
});
