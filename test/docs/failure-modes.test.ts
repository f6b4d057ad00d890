import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

test('the list of failure modes is whole, and every test that it names is there under this title', () => {
  const document = read('docs/failure-modes.md');
  const named = [...document.matchAll(/^(\d+)\. `(test\/\S+)`: (.+)$/gm)].map(([, number, file = '', title = '']) => ({
    number,
    file,
    title,
  }));
  for (const { file, title } of named) {
    const titles = [...read(file).matchAll(/^test\((['"`])(.+)\1, /gm)].map((match) => match[2]);
    assert.ok(titles.includes(title), `${file} has no test “${title}”`);
  }
  const rows = [...document.matchAll(/^\| (\d+) \|.*\| ([\d, ]*) \|$/gm)];
  assert.deepEqual(
    rows.map(([, number]) => Number(number)),
    Array.from({ length: 40 }, (_, i) => i + 1),
  );
  const used = new Set(rows.flatMap(([, , tests = '']) => tests.split(', ').filter((number) => number !== '')));
  assert.deepEqual(used, new Set(named.map(({ number }) => number)));
});
