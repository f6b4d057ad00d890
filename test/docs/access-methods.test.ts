import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rowsWithTests } from './named-tests.ts';

test('every way in names a test that is there under this title, or says that it is not built', () => {
  const rows = rowsWithTests('docs/access-methods.md');
  assert.ok(rows.length > 100, `${rows.length} rows were read`);
  for (const { text, tests } of rows) assert.ok(tests.length > 0 || text.includes('**not built**'), text);
});
