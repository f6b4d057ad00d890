/** How a guest can be reached: e-mail addresses, phone numbers, and the language of the messages. */
import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { LANGUAGES } from '../../workflows/domain/languages.ts';
import { cleanText } from './booking-text.ts';

/** The address as browsers check it, with a dot in the domain: no spaces, quotes, angle brackets or comments reach a mail header. */
const EMAIL = /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+$/i;
const EMAIL_LENGTH = 254;

export function emailOf(text: string): string | null {
  const email = cleanText(text);
  return email.length <= EMAIL_LENGTH && EMAIL.test(email) ? email : null;
}

/**
 * E.164, or null where the text is no international number. Only the length is checked, not the range: numbering plans change
 * faster than the library's tables, and a number that nobody has must not keep a stay from its key.
 */
export function phoneOf(text: string): string | null {
  const number = parsePhoneNumberFromString(cleanText(text).replace(/^00/, '+'), { extract: false });
  return number?.isPossible() === true ? number.number : null;
}

/** The language that messages exist in, from a BCP 47 tag; null for the property's own. */
export function languageOf(tag: string): string | null {
  const primary = tag.trim().toLowerCase().split(/[-_]/)[0] ?? '';
  return LANGUAGES.find((language) => language === primary) ?? null;
}
