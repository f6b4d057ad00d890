/** Text of a booking as data: without control characters, and names without anything that a phone turns into a link. */

/** The longest name that is kept, in characters. */
const NAME_LENGTH = 60;

/** C0 and C1 controls, and the marks that reverse or break the lines around them. */
const CONTROL = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/gu;
const LINE_BREAK = /[\t\n\v\f\r\u0085\u2028\u2029]+/gu;
const LINK = /(?:\b[a-z][a-z0-9+.-]*:\/\/|\bwww\.)\S*/giu;
/** A dot between two words (`evil.com`) makes a link in mail and SMS clients; with a space after it, it is an abbreviation (`St. John`). */
const DOT_IN_WORD = /(?<=[\p{L}\p{N}-])[.\u3002\uff0e\uff61](?=[\p{L}-]{2})/gu;

export const cleanText = (text: string): string => text.replace(LINE_BREAK, ' ').replace(CONTROL, '').toWellFormed().trim();

export function cleanName(text: string): string {
  const words = cleanText(text).replace(LINK, ' ').replace(DOT_IN_WORD, '. ').replace(/\s+/gu, ' ').trim();
  return Array.from(words).slice(0, NAME_LENGTH).join('').trim();
}
