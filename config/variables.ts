/**
 * Groups of environment variables: read together, wanted together. A group that is set in part is an error, for half a
 * service means that somebody wanted the real one.
 */
import { z } from 'zod';
import type { Problem } from './configuration-error.ts';

/** `process.env`, or a record like it. */
export type Variables = Readonly<Record<string, string | undefined>>;

export interface Requirement {
  /** Several names: exactly one of them is set. */
  readonly names: readonly [string, ...string[]];
  readonly remedy: string;
}

export interface Group<T> {
  /** As a person calls it: `Seam`. */
  readonly title: string;
  readonly required: readonly Requirement[];
  readonly optional: readonly string[];
  readonly schema: z.ZodType<T>;
}

export interface Reading<T> {
  readonly value: T | null;
  readonly problems: readonly Problem[];
}

/** A variable that is empty counts as unset: that is how compose files and CI systems say "none". */
export const isSet = (env: Variables, name: string): boolean => (env[name] ?? '').trim() !== '';

/** `needed`: an unset group is an error too. Without problems, a value of null means that the group is unset. */
export function readGroup<T>({ env, group, needed }: { env: Variables; group: Group<T>; needed: boolean }): Reading<T> {
  const names = [...group.required.flatMap((requirement) => requirement.names), ...group.optional];
  const set = names.filter((name) => isSet(env, name));
  if (set.length === 0 && !needed) return { value: null, problems: [] };
  const parsed = group.schema.safeParse(Object.fromEntries(set.map((name) => [name, env[name]?.trim()])));
  const problems = [
    ...group.required.flatMap((requirement) => unmet({ requirement, set, title: group.title })),
    ...(parsed.success ? [] : wrong(parsed.error, set)),
  ];
  return { value: parsed.success && problems.length === 0 ? parsed.data : null, problems };
}

function unmet({ requirement, set, title }: { requirement: Requirement; set: readonly string[]; title: string }): readonly Problem[] {
  const { names, remedy } = requirement;
  const given = names.filter((name) => set.includes(name));
  if (given.length === 1) return [];
  const where = names.join(' or ');
  if (given.length > 1) return [{ where, what: 'are set together', remedy: 'Set one of them only' }];
  return [
    {
      where,
      what: set.length === 0 ? `is not set (${title})` : `is not set, but ${set.join(', ')} ${set.length === 1 ? 'is' : 'are'} (${title})`,
      remedy,
    },
  ];
}

/** Only of what is set: what is missing has been said. Zod's messages name what was expected, never what was found. */
const wrong = (error: z.ZodError, set: readonly string[]): readonly Problem[] =>
  error.issues
    .filter(({ path }) => set.includes(String(path[0])))
    .map(({ path, message }) => ({ where: String(path[0]), what: message, remedy: null }));

/** An http or https address without credentials, query or fragment; given back without a slash at its end. */
export const webAddress = z
  .string()
  .refine(isWebAddress, 'expected an http or https URL without user, query and fragment, such as https://keys.example.com')
  .transform((text) => text.replace(/\/+$/, ''));

function isWebAddress(text: string): boolean {
  const url = URL.parse(text);
  return (
    url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '' && url.search === '' && url.hash === ''
  );
}
