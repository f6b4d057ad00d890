import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApplicationFailure } from '@temporalio/common';
import { failure } from '../../activities/failures.ts';
import { FAILURES, isFailureType } from '../../workflows/domain/failure-types.ts';

test('every failure carries its type, retries exactly where the table says so, and reports what Temporal needs', () => {
  for (const [type, { retry }] of Object.entries(FAILURES)) {
    assert.ok(isFailureType(type));
    const made = failure({ type, code: '42', retryAfter: 1500 });
    assert.equal(made.type, type);
    assert.equal(made.nonRetryable, retry !== 'soon');
    assert.equal(made.nextRetryDelay, 1500);
    assert.deepEqual(made.details, [{ type, code: '42', retryAfter: 1500 }]);
  }
});

test('text of the other side gets into no part of a failure', () => {
  const made = failure({ type: 'MailRefused', code: 'no such user ada@example.com', cause: new Error('ada@example.com') });
  assert.doesNotMatch(`${made.message} ${made.stack} ${JSON.stringify(made.details)} ${String(made.cause)}`, /ada@/);
  assert.deepEqual(made.details, [{ type: 'MailRefused', code: null, retryAfter: null }]);
  const inner = failure({ type: 'SmsRefused', code: '21610' });
  assert.ok(failure({ type: 'Unexpected', cause: inner }).cause instanceof ApplicationFailure);
});
