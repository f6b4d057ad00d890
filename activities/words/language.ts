/** Which words a language tag gets, and how dates and times are written for it. */
import type { LanguageTag } from '../../workflows/domain/languages.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { pt } from './pt.ts';
import type { Words } from './words.ts';

const ALL: Readonly<Record<LanguageTag, Words>> = { en, de, fr, es, pt };
const WORDS: ReadonlyMap<string, Words> = new Map(Object.entries(ALL));

export interface Language {
  readonly words: Words;
  /** For dates, and for the `lang` attribute: `pt-BR` keeps its region though its words are those of `pt`. */
  readonly locale: string;
}

/** By BCP 47 (RFC 4647 lookup): `pt-BR` gets `pt`; English where the language is not among ours or the tag is none. */
export function languageOf(tag: string): Language {
  const asked = readTag(tag);
  const words = asked === null ? undefined : WORDS.get(asked.language);
  if (asked === null || words === undefined) return { words: en, locale: en.locale };
  // Only language and region: an extension such as `-u-nu-arab` would change the digits, `-u-ca-…` the calendar.
  return { words, locale: asked.region === undefined ? words.locale : `${asked.language}-${asked.region}` };
}

/** Whether there are words in this language. */
export const speaks = (tag: string): boolean => WORDS.has(readTag(tag)?.language ?? '');

function readTag(tag: string): Intl.Locale | null {
  try {
    return new Intl.Locale(tag);
  } catch {
    return null;
  }
}
