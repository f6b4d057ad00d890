import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { rowsWithTests } from './named-tests.ts';

const root = join(import.meta.dirname, '../..');
const model = join(root, 'test/model');
const promises = readdirSync(model)
  .map((file) => readFileSync(join(model, file), 'utf8'))
  .join('\n');

test('each mistake that was tried names a file that is there, and what noticed it: a promise that the model holds, a test, or both', () => {
  const rows = rowsWithTests('docs/testing.md');
  assert.ok(rows.length > 100, `${rows.length} rows were read`);
  for (const { text, tests } of rows) {
    const [file = '', promise = ''] = text
      .split('|')
      .slice(2)
      .map((cell) => cell.trim());
    assert.ok(existsSync(join(root, file.replaceAll('`', ''))), text);
    assert.ok(promise === '' || [`'${promise}'`, `"${promise}"`].some((what) => promises.includes(what)), `no such promise: ${promise}`);
    assert.ok(promise !== '' || tests.length > 0, text);
  }
});
