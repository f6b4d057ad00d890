/** Text for a terminal. What booking systems and guests wrote is data: it must not move the cursor, clear the screen or turn a line around. */

/** Control characters of ASCII and Latin-1, line and paragraph separators, and the marks that change the direction of writing. */
const STEERING = /[\p{Cc}\u2028\u2029\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

/** One line, with nothing in it that a terminal acts upon. */
export const plain = (text: string): string => text.replace(STEERING, '');

/** JSON that means the same and holds only what a terminal shows. */
export const json = (value: unknown): string =>
  JSON.stringify(value, null, 2).replace(STEERING, (character) =>
    character === '\n' ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** Columns as wide as their widest cell, two spaces apart; the first row is the heading. */
export function table(rows: readonly (readonly string[])[]): string {
  const cells = rows.map((row) => row.map(plain));
  const widths = (cells[0] ?? []).map((_, column) => Math.max(...cells.map((row) => [...(row[column] ?? '')].length)));
  const padded = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - [...text].length));
  return cells
    .map((row) =>
      row
        .map((text, column) => padded(text, widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** `2026-12-01 15:00` in the zone, or in UTC where it is not known; `-` for no time. */
export function when(at: string | null, timeZone: string | null): string {
  if (at === null) return '-';
  const parts = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone: timeZone ?? 'UTC' });
  return `${parts.format(new Date(at))}${timeZone === null ? ' UTC' : ''}`;
}
