/**
 * Text in the letters of GSM 03.38, the alphabet of SMS: one letter outside it makes each part hold 67 characters instead of
 * 153. What has a plain spelling gets it; a name written in other letters is left out as a whole rather than maimed.
 */
import { plainName } from './booking-text.ts';

/** GSM 03.38 basic set with its extension table (which counts double), without the escape character. */
const GSM =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà\f^{}\\[~]|€';
const LETTERS = new Set(GSM);

/** What decomposing does not reach. */
const SPELLINGS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '‘': "'",
    '’': "'",
    '‚': ',',
    '‛': "'",
    '“': '"',
    '”': '"',
    '„': '"',
    '«': '"',
    '»': '"',
    '‹': "'",
    '›': "'",
    '′': "'",
    '‐': '-',
    '‑': '-',
    '‒': '-',
    '–': '-',
    '—': '-',
    '−': '-',
    '·': '-',
    '•': '-',
    '…': '...',
    '`': "'",
    '´': "'",
    ł: 'l',
    Ł: 'L',
    đ: 'd',
    Đ: 'D',
    ð: 'd',
    Ð: 'D',
    þ: 'th',
    Þ: 'Th',
    ı: 'i',
    ħ: 'h',
    Ħ: 'H',
    œ: 'oe',
    Œ: 'OE',
    ẞ: 'SS',
    º: 'o',
    ª: 'a',
    '№': 'No',
  }),
);

/** Every character spelled in GSM letters; what can't be is dropped (symbols, emoji) or, where it is a letter or digit, marked by null. */
function spelled(character: string): string | null {
  if (LETTERS.has(character)) return character;
  const spelling = SPELLINGS.get(character);
  if (spelling !== undefined) return spelling;
  if (/\p{White_Space}/u.test(character)) return ' ';
  const plain = [...character.normalize('NFKD').replace(/\p{M}/gu, '')]
    .map((part) => (LETTERS.has(part) ? part : (SPELLINGS.get(part) ?? '')))
    .join('');
  if (plain !== '') return plain;
  return /[\p{L}\p{N}]/u.test(character) ? null : '';
}

/** For our own sentences, times and links: these lose nothing but accents. */
export function gsmText(text: string): string {
  return [...text.normalize('NFC')].map((character) => spelled(character) ?? '').join('');
}

/** A name in GSM letters, at most `length` of them; null where it is written in letters that have no such spelling. */
export function gsmName({ text, length }: { readonly text: string; readonly length: number }): string | null {
  const name = plainName(text);
  if (name === null) return null;
  const letters = [...name].map(spelled);
  return letters.includes(null) ? null : plainName(letters.join(''), length);
}
