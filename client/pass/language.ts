/** The language of a guest's page: the guest's own, else what the browser asks for, else the property's. */
import { type Language, languageOf, speaks } from '../../activities/words/language.ts';
import type { LanguageTag } from '../../workflows/domain/languages.ts';
import { de } from './words/de.ts';
import { en } from './words/en.ts';
import { es } from './words/es.ts';
import { fr } from './words/fr.ts';
import { pt } from './words/pt.ts';
import type { PassWords } from './words/words.ts';

const ALL: Readonly<Record<LanguageTag, PassWords>> = { en, de, fr, es, pt };
const WORDS: ReadonlyMap<string, PassWords> = new Map(Object.entries(ALL));

export interface PassLanguage {
  readonly words: PassWords;
  /** What messages say, too: labels, rooms, times. */
  readonly message: Language;
}

export function passLanguage({
  guest,
  accepted,
  property,
}: {
  /** BCP 47, or null where the booking does not say. */
  readonly guest: string | null;
  /** The header Accept-Language. */
  readonly accepted: string | undefined;
  readonly property: string;
}): PassLanguage {
  const message = languageOf(guest ?? preferred(accepted ?? '') ?? property);
  return { words: WORDS.get(message.locale.slice(0, 2)) ?? en, message };
}

/** By quality (RFC 9110, 12.5.4): the first that the page speaks. */
function preferred(header: string): string | null {
  const asked = header
    .slice(0, 500)
    .split(',')
    .map((part) => {
      const [tag = '', quality = ''] = part.trim().split(';');
      return { tag, quality: Number(/^\s*q=([\d.]+)$/.exec(quality)?.[1] ?? 1) };
    })
    .filter(({ tag, quality }) => quality > 0 && speaks(tag));
  return asked.toSorted((a, b) => b.quality - a.quality)[0]?.tag ?? null;
}
