import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Standing } from '../../workflows/domain/standing.ts';
import { type ListedGrant, type SweepStep, sweepStep, vanishedGrants } from '../../workflows/domain/sweep-plan.ts';

const NOW = Date.parse('2026-12-01T12:00:00Z');
const MINUTE = 60_000;

const stay = (state: Standing['state'], accessGrantIds: readonly string[] = []): Standing => ({
  workflowId: 'latchkey:pms:R1',
  state,
  readiness: 'ready',
  propertyId: 'house',
  accessGrantIds,
});

const grant = (endedFor: number | null, isBeingDeleted = false): ListedGrant => ({
  accessGrantId: 'g1',
  grantKey: 'latchkey:pms:R1#abc.1',
  endsAt: endedFor === null ? null : NOW - endedFor,
  accessMethodIds: [],
  isBeingDeleted,
});

const TABLE: readonly (readonly [Standing['state'] | null, ListedGrant, SweepStep])[] = [
  // Known to be over: whatever is left goes.
  ['over', grant(-MINUTE), 'revoke'],
  ['over', grant(20 * MINUTE), 'revoke'],
  ['over', grant(null), 'revoke'],
  // A stay that runs looks after its own, is reminded, and only then overruled.
  ['running', grant(-MINUTE), 'leave'],
  ['running', grant(9 * MINUTE), 'leave'],
  ['running', grant(null), 'leave'],
  ['running', grant(11 * MINUTE), 'hint'],
  ['running', grant(60 * MINUTE), 'hint'],
  ['running', grant(61 * MINUTE), 'revoke'],
  // Its guest may be in the house.
  ['broken_off', grant(-MINUTE), 'report'],
  ['broken_off', grant(9 * MINUTE), 'report'],
  ['broken_off', grant(11 * MINUTE), 'revoke'],
  // Nobody to be found: a person has to look, and nothing is ever deleted.
  [null, grant(-MINUTE), 'report'],
  [null, grant(90 * 24 * 60 * MINUTE), 'report'],
];

test('a grant goes only where its stay is known to be over or its end is past; what nobody owns is reported', () => {
  for (const [state, given, step] of TABLE) {
    const standing = state === null ? null : stay(state);
    assert.equal(sweepStep({ grant: given, standing, now: NOW }), step, `${state} ${given.endsAt}`);
  }
});

test('what Seam deletes already is left alone', () => {
  for (const standing of [null, stay('over'), stay('running'), stay('broken_off')])
    assert.equal(sweepStep({ grant: grant(90 * MINUTE, true), standing, now: NOW }), 'leave');
});

test('a running stay has to look for each grant that it holds and Seam does not list', () => {
  const listed = new Set(['g1', 'g9']);
  assert.deepEqual(vanishedGrants({ standing: stay('running', ['g1', 'g2', 'g3']), listed }), ['g2', 'g3']);
  assert.deepEqual(vanishedGrants({ standing: stay('running', ['g1']), listed }), []);
  assert.deepEqual(vanishedGrants({ standing: stay('over', ['g2']), listed }), []);
});
