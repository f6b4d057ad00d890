import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createPropertyLimit } from '../../activities/property-limit.ts';

const HOUR = 3_600_000;
const line = { propertyId: 'house', channel: 'sms' } as const;

test('a property has 200 messages an hour on each channel; the first that is refused is named, and each hears how long to wait', () => {
  let now = 0;
  const limit = createPropertyLimit({ now: () => now });
  for (let i = 0; i < 200; i += 1) {
    now = i * 1_000;
    assert.ok(limit.admit(line).admitted, String(i));
  }
  assert.deepEqual(limit.admit(line), { admitted: false, retryAfter: HOUR - now, isFirst: true });
  assert.deepEqual(limit.admit(line), { admitted: false, retryAfter: HOUR - now, isFirst: false });
  assert.ok(limit.admit({ ...line, channel: 'email' }).admitted);
  assert.ok(limit.admit({ ...line, propertyId: 'other' }).admitted);
  now = HOUR;
  assert.ok(limit.admit(line).admitted);
  assert.ok(!limit.admit(line).admitted, 'only the first message is an hour old');
});

test('a message that failed has used up nothing', () => {
  const limit = createPropertyLimit({ now: () => 0 });
  for (let i = 0; i < 500; i += 1) {
    const admission = limit.admit(line);
    assert.ok(admission.admitted);
    admission.giveBack();
  }
});
