/** Zod's issues in the words of a person who edits a YAML file. */
import type { z } from 'zod';

export interface SchemaProblem {
  readonly path: readonly PropertyKey[];
  readonly what: string;
  readonly remedy: string | null;
}

export function issueProblems(issue: z.core.$ZodIssue): readonly SchemaProblem[] {
  const { path, code } = issue;
  const what = issue.message.replace(/^Invalid (input|option): /, '');
  if (code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ path: [...path, key], what: 'is no setting that exists here', remedy: what }));
  if (code === 'invalid_key') return [{ path, what: issue.issues[0]?.message ?? what, remedy: null }];
  if (code !== 'invalid_type') return [{ path, what, remedy: null }];
  const missing = what.endsWith('received undefined');
  const unquoted = /^expected string, received (number|boolean)$/.test(what);
  return [
    {
      path,
      what: missing ? what.replace(/^(.*), received undefined$/, 'is missing: $1') : what,
      remedy: unquoted ? 'Put it in quotes' : null,
    },
  ];
}
