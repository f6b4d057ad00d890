/** How soon what failed is tried again (rule 22). */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Failure, FailureType } from '../../workflows/domain/failure-types.ts';
import { setbackAfter } from '../../workflows/domain/pace.ts';
import type { Setback } from '../../workflows/domain/state.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const failure = (type: FailureType, retryAfter: number | null = null): Failure => ({ type, code: null, retryAfter });

/** The pauses after one failure upon another until the trouble is so old. */
function pauses({ command, type, until }: { command: string; type: FailureType; until: number }): readonly number[] {
  const found: number[] = [];
  let before: Setback | undefined;
  for (let now = 0; now <= until; now = before.retryAt ?? Number.POSITIVE_INFINITY) {
    before = setbackAfter({ before, command, failure: failure(type), now });
    found.push((before.retryAt ?? Number.POSITIVE_INFINITY) - now);
  }
  return found;
}

const grows = (of: readonly number[]): boolean => of.every((pause, i) => pause >= (of[i - 1] ?? 0));

test('a write that Seam did not take is tried again within ten seconds, then ever more rarely, every five minutes in the first hour', () => {
  for (const command of ['grant g', 'window g 1 2', 'read g', 'revoke g']) {
    const tried = pauses({ command, type: 'SeamUnavailable', until: HOUR });
    assert.ok((tried[0] ?? HOUR) <= 10 * SECOND, command);
    assert.ok(grows(tried), command);
    assert.equal(tried.at(-1), 5 * MINUTE, command);
  }
  assert.ok((pauses({ command: 'grant g', type: 'SeamUnavailable', until: 24 * HOUR }).at(-1) ?? 0) > 5 * MINUTE);
});

test('a channel that is down is tried again within a minute, then ever more rarely, and every ten minutes for as long as it takes', () => {
  for (const type of ['MailUnavailable', 'SmsUnavailable'] as const) {
    const tried = pauses({ command: 'm1', type, until: 24 * HOUR });
    assert.ok((tried[0] ?? HOUR) <= MINUTE);
    assert.ok(grows(tried));
    assert.equal(tried.at(-1), 10 * MINUTE);
  }
});

test('nothing is tried sooner than the other side asked for, and another command has a patience of its own', () => {
  const before = setbackAfter({ before: undefined, command: 'grant g', failure: failure('SeamRateLimited', 20 * MINUTE), now: 0 });
  assert.equal(before.retryAt, 20 * MINUTE);
  const other = setbackAfter({ before, command: 'read g', failure: failure('SeamUnavailable'), now: 0 });
  assert.ok((other.retryAt ?? HOUR) <= 10 * SECOND);
});
