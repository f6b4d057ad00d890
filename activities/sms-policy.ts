/**
 * Numbers that get no SMS: those that cost the sender dearly (the ranges that toll fraud lives on) and those in countries that
 * the property does not write to. Ranges and countries are those of libphonenumber's full metadata.
 */
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';

type NumberRefusal = 'number_invalid' | 'number_premium' | 'number_shared_cost' | 'number_satellite' | 'number_country';

/** Inmarsat, Global Mobile Satellite System, international networks (two codes), and disaster relief: E.164 country codes without a country. */
const SATELLITE = new Set(['870', '881', '882', '883', '888']);

/** `phone` in E.164, `countries` ISO 3166 codes (none: any). Why the number is refused, or null where it is not. */
export function refusedNumber({
  phone,
  countries,
}: {
  readonly phone: string;
  readonly countries: readonly string[];
}): NumberRefusal | null {
  const number = parsePhoneNumberFromString(phone);
  if (number === undefined) return 'number_invalid';
  if (SATELLITE.has(number.countryCallingCode)) return 'number_satellite';
  switch (number.getType()) {
    case 'PREMIUM_RATE':
      return 'number_premium';
    case 'SHARED_COST':
      return 'number_shared_cost';
    default: {
      const isAllowed = countries.length === 0 || (number.country !== undefined && countries.includes(number.country));
      return isAllowed ? null : 'number_country';
    }
  }
}
