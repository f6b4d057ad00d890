import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Access, AccessReading, Method } from '../../workflows/domain/access.ts';
import { hasLostMethod } from '../../workflows/domain/issuance.ts';

const NOW = Date.parse('2026-12-01T12:00:00Z');
const MINUTE = 60_000;
const window = { startsAt: NOW - MINUTE, endsAt: NOW + 60 * MINUTE };

const method = (mode: Method['mode']): Method => ({
  accessMethodId: `${mode}-1`,
  mode,
  state: 'issued',
  isBackupCode: false,
  fingerprint: null,
  doors: ['d1'],
  expiresAt: null,
});
const reading = (methods: readonly Method[], change: Partial<AccessReading> = {}): AccessReading => ({
  found: true,
  beingDeleted: false,
  accessGrantId: 'g1',
  window,
  doors: [],
  spaces: [],
  methods,
  problems: [],
  ...change,
});
/** Only what the question looks at. */
const access = (before: AccessReading | null, ending: Access['ending'] = null): Access =>
  ({ modes: ['code', 'mobile_key'], reading: before, ending }) as unknown as Access;

const both = reading([method('code'), method('mobile_key')]);
const codeOnly = reading([method('code')]);
const lost = (of: { access: Access; reading: AccessReading }): boolean => hasLostMethod({ ...of, now: NOW });

test('a method that an earlier read showed and this one does not is lost, and one that has not been made yet is not', () => {
  assert.equal(lost({ access: access(both), reading: codeOnly }), true);
  assert.equal(lost({ access: access(codeOnly), reading: codeOnly }), false);
  assert.equal(lost({ access: access(null), reading: codeOnly }), false);
  assert.equal(lost({ access: access(both), reading: both }), false);
});

test('what ends, is gone as a whole or is at its end has lost nothing', () => {
  assert.equal(lost({ access: access(both, { since: NOW, why: 'over' }), reading: codeOnly }), false);
  for (const change of [{ found: false }, { beingDeleted: true }, { window: { ...window, endsAt: NOW + MINUTE - 1 } }])
    assert.equal(lost({ access: access(both), reading: reading([], change) }), false);
});
