/**
 * Text that strangers wrote (names of guests, rooms and doors) made fit to stand in a message. Intake has already cut and
 * cleaned it; this is the second wall, for a name is printed beside a working key.
 */

const NAME_LENGTH = 60;
/** What a careless booking system sends where it knows nothing. */
const NOTHING = new Set(['', 'null', 'undefined', 'nan', '[object object]']);
/** Line breaks and controls: injection into headers and calendar files. */
const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;
/** Direction overrides, zero-width, private and broken characters: text that reads otherwise than it is written. */
const UNSEEN = /[\p{Cf}\p{Co}\p{Cn}\p{Cs}]+/gu;
const LINK = /\S*(?::\/\/|www\.)\S*/giu;
/** No name holds these; a template engine or a mark-up language further on might read them. */
const MARKS = /[{}<>`|\\]|\$(?=\{)/gu;

/** One line of harmless text, or null where nothing is left. */
export function plainName(text: string, length: number = NAME_LENGTH): string | null {
  const clean = text
    .normalize('NFC')
    .replace(CONTROL, ' ')
    .replace(UNSEEN, '')
    .replace(LINK, ' ')
    .replace(MARKS, '')
    .replace(/\s+/gu, ' ')
    .trim();
  const kept = cut(clean, length);
  return NOTHING.has(kept.toLowerCase()) ? null : kept;
}

/** By whole words where that keeps at least half of it, and never through the middle of a character. */
function cut(text: string, length: number): string {
  const characters = [...text];
  if (characters.length <= length) return text;
  const head = characters.slice(0, length).join('');
  const space = head.lastIndexOf(' ');
  return (space >= length / 2 ? head.slice(0, space) : head).trim();
}

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

/** `Room 101`; a unit that is a name already (`Seaview`) stands as it is, and one that is only a database's key is not said at all: null. */
export function unitLabel({ unitId, label }: { readonly unitId: string; readonly label: (id: string) => string }): string | null {
  const name = UUID.test(unitId) ? null : plainName(unitId);
  if (name === null) return null;
  return /\p{L}{3}/u.test(name) ? name : label(name);
}
