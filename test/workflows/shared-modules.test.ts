/** All reservations of a worker share one copy of every module of `workflows/` (`worker/bundle.ts`). */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const folder = join(import.meta.dirname, '../../workflows');
const modules = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

/** What a module could keep something in: a name that may be given another value, a collection that may be filled. */
const STATEFUL = [
  /^(export )?(let|var) /,
  /^(export )?const \w+(: (?!Readonly)[^=]+)? = (new |\[)(?!.*as const)/,
  /^ {2}(private |public )?static (?!readonly)/,
];

const statefulLines = (text: string): readonly string[] => text.split('\n').filter((line) => STATEFUL.some((kind) => kind.test(line)));

test('no module keeps anything of a reservation where another reservation would find it', () => {
  assert.ok(modules.length > 50);
  for (const file of modules) assert.deepEqual(statefulLines(readFileSync(join(folder, file), 'utf8')), [], file);
});

test('a module with a counter, a list or a cache is noticed', () => {
  const lines = [
    'let told = 0;',
    'export const seen = new Set<string>();',
    'const codes: string[] = [];',
    '  static last: string | null = null;',
  ];
  assert.deepEqual(statefulLines(lines.join('\n')), lines);
  const constant = ["const NAMES: ReadonlySet<string> = new Set(['a']);", "const MODES = ['code'] as const;", 'const LIMIT = 3;'];
  assert.deepEqual(statefulLines(constant.join('\n')), []);
});
