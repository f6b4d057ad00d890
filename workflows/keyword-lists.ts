/** Lists of keywords as search attributes hold them: bounded in bytes. */
import { type UnitWindow, unitIdsOf, unitKeywords } from './domain/unit-window.ts';

/** Bytes that one attribute may have: the server ends a workflow that writes more than 2048. */
const LIST_BYTES = 1_800;

/** As many as fit: a party with more grants is routed by the grants' keys alone. */
export function fitting(values: readonly string[]): string[] {
  let bytes = 0;
  return values.filter((value) => {
    bytes += JSON.stringify(value).length + 1;
    return bytes <= LIST_BYTES;
  });
}

/** All times or none, for half of them would hide the others: without them those of the stay count for every unit. */
export function withTimes(units: readonly UnitWindow[]): string[] {
  const keywords = unitKeywords(units);
  const fits = fitting(keywords);
  return fits.length === keywords.length ? fits : fitting(unitIdsOf(units));
}
