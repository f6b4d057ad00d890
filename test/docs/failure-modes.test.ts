import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rowsWithTests } from './named-tests.ts';

test('the list of failure modes is whole, every test that it names is there under this title, and only what is not built names none', () => {
  const rows = rowsWithTests('docs/failure-modes.md');
  assert.deepEqual(
    rows.map(({ text }) => Number(/^\| (\d+) \|/.exec(text)?.[1])),
    Array.from({ length: 40 }, (_, i) => i + 1),
  );
  for (const { text, tests } of rows) assert.ok(tests.length > 0 || text.includes('| Not built |'), text);
});
