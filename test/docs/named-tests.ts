/** Documents whose tables name the tests that show each row: by number, from a list `1. \`file\`: title` at their end. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

interface Row {
  /** Without its last cell. */
  readonly text: string;
  /** The last cell. */
  readonly tests: readonly string[];
}

/** The rows of all tables of a document, once it is sure that its list is whole: each test is there under its title, and some row needs it. */
export function rowsWithTests(path: string): readonly Row[] {
  const document = read(path);
  const named = [...document.matchAll(/^(\d+)\. `(test\/\S+)`: (.+)$/gm)].map(([, number = '', file = '', title = '']) => ({
    number,
    file,
    title,
  }));
  for (const { file, title } of named) {
    const titles = [...read(file).matchAll(/^\s*test\((['"`])(.+)\1, /gm)].map((match) => match[2]);
    assert.ok(titles.includes(title), `${file} has no test “${title}”`);
  }
  const rows = [...document.matchAll(/^(\|.*)\| ([\d, ]*) \|$/gm)].map(([, text = '', tests = '']) => ({
    text,
    tests: tests.split(', ').filter((number) => number.trim() !== ''),
  }));
  const listed = named.map(({ number }) => number);
  assert.deepEqual(new Set(rows.flatMap(({ tests }) => tests)), new Set(listed));
  assert.equal(new Set(listed).size, listed.length, 'a number stands twice');
  return rows;
}
