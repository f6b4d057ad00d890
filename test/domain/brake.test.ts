import assert from 'node:assert/strict';
import { test } from 'node:test';
import { approveBrake, askBrake, FREE, isFree, LEAVE, mayRevoke, type RevocationCause, stopId } from '../../workflows/domain/brake.ts';

const MINUTE = 60_000;
const T0 = Date.UTC(2026, 10, 22, 12);
const wishes = (count: number, from = 0) =>
  Array.from({ length: count }, (_, i) => ({ id: `g${from + i}`, what: `R${from + i}`, grants: 1 }));
const ask = (state: typeof FREE, revocations: ReturnType<typeof wishes>, now = T0, cause: RevocationCause = 'configuration', live = 10) =>
  askBrake({ state, question: { cause, live, revocations }, now });

test('what is over 5 % of the live grants and more than 3 within ten minutes is stopped, and nothing less', () => {
  for (const [live, recent, asked, expected] of [
    [10, 0, 3, true],
    [10, 0, 4, false],
    [10, 3, 1, false],
    [100, 0, 5, true],
    [100, 0, 6, false],
    [1_000, 40, 10, true],
    [1_000, 40, 11, false],
    [0, 0, 4, false],
  ] as const)
    assert.equal(mayRevoke({ live, recent, asked }), expected, `${recent} + ${asked} of ${live}`);
});

test('what is asked at once goes or stops together, and ten minutes of small questions count as one', () => {
  assert.deepEqual(ask(FREE, wishes(10)).passes, []);
  const first = ask(FREE, wishes(3));
  assert.equal(first.passes.length, 3);
  const second = ask(first.state, wishes(1, 3), T0 + 9 * MINUTE);
  assert.deepEqual(second.passes, []);
  assert.equal(second.state.stoppedAt, T0 + 9 * MINUTE);
  assert.equal(ask(second.state, wishes(1, 3), T0 + 11 * MINUTE).passes.length, 1);
});

test('leave once given holds for an hour, so that a crash before the deed asks nobody twice', () => {
  const { state } = ask(FREE, wishes(3));
  assert.equal(ask(state, wishes(3), T0 + MINUTE).passes.length, 3);
  assert.equal(isFree({ state, now: T0 + LEAVE - 1 }), false);
  assert.equal(isFree({ state, now: T0 + LEAVE }), true);
});

test('an approval lets go what was stopped, counts for nothing, and covers nothing that came later', () => {
  const stopped = ask(FREE, wishes(10)).state;
  const id = stopId({ propertyId: 'house', state: stopped });
  assert.notEqual(stopId({ propertyId: 'house', state: ask(stopped, wishes(11)).state }), id);
  const approved = approveBrake({ state: stopped, now: T0 + MINUTE });
  assert.equal(approved.stoppedAt, null);
  assert.equal(ask(approved, wishes(10), T0 + 2 * MINUTE).passes.length, 10);
  assert.equal(ask(approved, wishes(3, 50), T0 + 2 * MINUTE).passes.length, 3);
  assert.deepEqual(ask(approved, wishes(10, 50), T0 + 2 * MINUTE).passes, []);
});

test('what is not asked for any more is let go of, and one cause leaves the other alone', () => {
  const both = ask(ask(FREE, wishes(10)).state, wishes(5, 100), T0, 'sweep').state;
  assert.equal(both.stopped.length, 15);
  const mended = ask(both, [], T0 + MINUTE).state;
  assert.deepEqual([...new Set(mended.stopped.map(({ cause }) => cause))], ['sweep']);
  assert.equal(ask(mended, [], T0 + MINUTE, 'sweep').state.stoppedAt, null);
});
