import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createPassTokens } from '../../config/pass-token.ts';
import { passAddress } from '../../worker/pass-address.ts';

const encryptionKeys = [{ id: 'k1', key: Buffer.alloc(32, 3) }];
const address = passAddress({ encryptionKeys, deployment: 'latchkey', publicUrl: 'https://keys.harbour.example/stay' });

test('a link in a message is below the public address, opens with the same keys, and is the same however often it is written', () => {
  const of = { workflowId: 'latchkey:mews-lisbon:R-1', guestId: 'g1', generation: 2 };
  const url = address(of) ?? '';
  const [base, token = ''] = url.split('/pass/');
  assert.equal(base, 'https://keys.harbour.example/stay');
  const opened = createPassTokens({ keys: encryptionKeys, deployment: 'latchkey' }).open(token);
  assert.deepEqual(opened, { source: 'mews-lisbon', reservationId: 'R-1', guestId: 'g1', generation: 2 });
  assert.equal(address(of), url);
  assert.equal(address({ ...of, workflowId: 'other:mews-lisbon:R-1' }), null);
});
