/** Moments as a guest reads them: weekday and local time in the property's zone, never in the guest's or the server's. */
import type { Instant } from '../../workflows/domain/reservation.ts';
import type { Language } from './language.ts';

export interface Clock {
  /** `Tuesday, 1 December 2026, 15:00` */
  readonly long: (at: Instant) => string;
  /** `Tue 1 Dec 15:00` */
  readonly short: (at: Instant) => string;
  /** `07:00`, of minutes after midnight. */
  readonly ofDay: (minutes: number) => string;
}

const MINUTE = 60_000;

/** Formatters take far longer to make than to use; there are at most as many as zones of the properties times languages. */
const clocks = new Map<string, Clock>();

export function clockOf({ language, timeZone }: { readonly language: Language; readonly timeZone: string }): Clock {
  const key = `${language.locale} ${timeZone}`;
  const clock = clocks.get(key) ?? makeClock({ language, timeZone });
  clocks.set(key, clock);
  return clock;
}

function makeClock({ language, timeZone }: { readonly language: Language; readonly timeZone: string }): Clock {
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(language.locale, { timeZone, ...options });
  const date = format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  const day = format({ weekday: 'short', day: 'numeric', month: 'short' });
  const time = format({ timeStyle: 'short' });
  const dial = format({ timeStyle: 'short', timeZone: 'UTC' });
  return {
    long: (at) => language.words.moment(date.format(at), time.format(at)),
    ofDay: (minutes) => dial.format(minutes * MINUTE),
    short: (at) => `${day.format(at)} ${time.format(at)}`,
  };
}
