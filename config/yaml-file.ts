/** Reads YAML by a schema, so that every mistake is told with its line, its path and what was expected there. */
import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument, visit } from 'yaml';
import type { z } from 'zod';
import type { Problem } from './configuration-error.ts';
import { issueProblems } from './schema-issue.ts';
import type { Reading } from './variables.ts';

export interface YamlInput<T> {
  readonly text: string;
  /** Its name in errors. */
  readonly file: string;
  readonly schema: z.ZodType<T>;
}

type Path = readonly PropertyKey[];

export function parseYaml<T>({ text, file, schema }: YamlInput<T>): Reading<T> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const at = (offset: number, path: Path): string =>
    [`${file}:${lines.linePos(offset).line}`, pathText(path)].filter((part) => part !== '').join(' ');
  const broken = [...document.errors, ...document.warnings].map(({ pos, message }) => ({
    where: at(pos[0], []),
    what: message.split('\n')[0] ?? message,
    remedy: null,
  }));
  if (broken.length > 0) return { value: null, problems: broken };
  const unusable = mendKeys(document).map(({ offset, what }) => ({ where: at(offset, []), what, remedy: 'Use another name' }));
  if (unusable.length > 0) return { value: null, problems: unusable };
  const parsed = schema.safeParse(document.toJS());
  if (parsed.success) return { value: parsed.data, problems: [] };
  const problems: Problem[] = parsed.error.issues
    .flatMap(issueProblems)
    .map(({ path, what, remedy }) => ({ where: at(offsetOf({ document, path }), path), what, remedy }));
  return { value: null, problems };
}

/** YAML reads an unquoted `010` as the number 10: names are what the person wrote. One name twice, and `__proto__`, is no name. */
function mendKeys(document: Document): readonly { offset: number; what: string }[] {
  const problems: { offset: number; what: string }[] = [];
  visit(document, {
    Map: (_, { items }) => {
      const seen = new Set<string>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        if (typeof key.value !== 'string') key.value = key.source ?? String(key.value);
        const name = String(key.value);
        if (seen.has(name) || name === '__proto__')
          problems.push({
            offset: key.range?.[0] ?? 0,
            what: seen.has(name) ? `"${name}" stands here twice` : `"${name}" cannot be a name`,
          });
        seen.add(name);
      }
    },
  });
  return problems;
}

/** Where the path leads; where it ends early, because something is missing, the last thing on the way to it. */
function offsetOf({ document, path }: { document: Document; path: Path }): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const step of path) {
    const value = isAlias(node) ? node.resolve(document) : node;
    const pair = isMap(value) ? value.items.find((item) => isNamed(item, step)) : undefined;
    const next = isSeq(value) ? value.items[Number(step)] : pair?.value;
    offset = start(isSeq(value) ? next : pair?.key) ?? offset;
    if (next === undefined) break;
    node = next;
  }
  return offset;
}

const isNamed = ({ key }: Pair, step: PropertyKey): boolean => isScalar(key) && key.value === String(step);

const start = (node: unknown): number | undefined => (isNode(node) ? node.range?.[0] : undefined);

const isNode = (node: unknown): node is Node => isScalar(node) || isMap(node) || isSeq(node) || isAlias(node);

/** `properties.harbour-house.units.101.devices[0]` */
const pathText = (path: Path): string =>
  path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : `${text}${text === '' ? '' : '.'}${String(step)}`),
    '',
  );
