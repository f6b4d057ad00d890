import assert from 'node:assert/strict';
import { test } from 'node:test';
import { receiptAddress } from '../../worker/receipt-address.ts';

const localUrl = 'http://127.0.0.1:8080';
const of = { workflowId: 'latchkey:mews:R-1', messageId: 'm1' };
const QUERY = '/webhooks/twilio?workflow=latchkey%3Amews%3AR-1&message=m1';

test('Twilio itself gets a callback only at a public https address, for it refuses the message otherwise', () => {
  const at = (publicUrl: string | null) => receiptAddress({ apiUrl: null, publicUrl, localUrl })(of);
  assert.equal(at('https://keys.harbour.pt/latchkey'), `https://keys.harbour.pt/latchkey${QUERY}`);
  const unreachable = [
    null,
    'http://keys.harbour.pt',
    'https://localhost',
    'https://10.0.0.7',
    'https://[fe80::1]',
    'https://desk.local',
    'https://desk',
  ];
  for (const url of unreachable) assert.equal(at(url), null, String(url));
});

test('another SMS service always gets one, at the public address or at that of this machine', () => {
  const at = (publicUrl: string | null) => receiptAddress({ apiUrl: 'http://127.0.0.1:1', publicUrl, localUrl })(of);
  assert.equal(at(null), `${localUrl}${QUERY}`);
  assert.equal(at('http://10.0.0.7:8080'), `http://10.0.0.7:8080${QUERY}`);
});
