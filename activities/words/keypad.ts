/** Digits as one reads them off to type them: in groups of three or four, never a lone digit. */

const GROUPS: ReadonlyMap<number, RegExp> = new Map([
  [6, /(\d{3})(\d{3})/],
  [7, /(\d{3})(\d{4})/],
  [8, /(\d{4})(\d{4})/],
  [9, /(\d{3})(\d{3})(\d{3})/],
  [10, /(\d{3})(\d{3})(\d{4})/],
]);

/** `482913` becomes `482 913`; shorter codes, and those that hold other characters, stay as they are. */
export function grouped(code: string): string {
  const groups = /^\d+$/.test(code) ? GROUPS.get(code.length)?.exec(code) : undefined;
  return groups ? groups.slice(1).join(' ') : code;
}
