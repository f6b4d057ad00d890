/** Times of a stay as the booking system writes them: checked to exist in the calendar, kept as text (the zone is applied later). */

const STAY_TIME = /^(20\d\d-\d\d-\d\d)(?:T(\d\d:\d\d)(:\d\d)?(?:\.\d{1,9})?(Z|[+-]\d\d:\d\d)?)?$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)$/;
const OFFSET_LIMIT_MINUTES = 18 * 60;

/** `2026-02-30` and `25:00` roll over in `Date`: only what comes back as it went in exists. */
function exists(date: string, clock: string): boolean {
  const at = new Date(`${date}T${clock}Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(`${date}T${clock}`);
}

function offsetExists(offset: string | undefined): boolean {
  if (offset === undefined || offset === 'Z') return true;
  const [hours = 0, minutes = 0] = offset.slice(1).split(':').map(Number);
  return minutes < 60 && hours * 60 + minutes <= OFFSET_LIMIT_MINUTES;
}

/** The text without fractions of a second; null where it is no stay time of the years 2000 to 2099. */
export function stayTimeOf(text: string): string | null {
  const match = STAY_TIME.exec(text);
  if (match === null) return null;
  const [, date = '', clock, seconds = '', offset = ''] = match;
  if (clock === undefined) return exists(date, '00:00:00') ? date : null;
  if (!exists(date, `${clock}${seconds === '' ? ':00' : seconds}`) || !offsetExists(offset === '' ? undefined : offset)) return null;
  return `${date}T${clock}${seconds}${offset}`;
}

/** Whether the text is an ISO 8601 instant that exists, with `Z` or an offset. */
export function isInstant(text: string): boolean {
  return INSTANT.test(text) && exists(text.slice(0, 10), text.slice(11, 16)) && !Number.isNaN(Date.parse(text));
}

/** Whether `YYYY-MM-DD` is a day of the calendar. */
export const isDate = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text) && exists(text, '00:00:00');
