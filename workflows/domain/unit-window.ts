/** A unit for a time: what a stay is booked into, and what somebody can still open. As the keywords of a search attribute, too. */
import type { Window } from './access.ts';

export interface UnitWindow {
  readonly unitId: string;
  readonly window: Window;
}

/** No id of a unit holds one: control characters end at the border. */
const SEPARATOR = '\t';

/** The same unit at the same time. */
export const meets = (a: UnitWindow, b: UnitWindow): boolean =>
  a.unitId === b.unitId && a.window.startsAt < b.window.endsAt && b.window.startsAt < a.window.endsAt;

export const unitIdsOf = (units: readonly UnitWindow[]): readonly string[] => [...new Set(units.map(({ unitId }) => unitId))];

/** The ids, which are searched for, and after them the times of each. */
export const unitKeywords = (units: readonly UnitWindow[]): readonly string[] => [
  ...unitIdsOf(units),
  ...new Set(units.map(({ unitId, window: { startsAt, endsAt } }) => [startsAt, endsAt, unitId].join(SEPARATOR))),
];

export const isUnitId = (keyword: string): boolean => !keyword.includes(SEPARATOR);

/** What `unitKeywords` made; `otherwise`: the times of a unit that says none. */
export function unitWindowsIn({ keywords, otherwise }: { keywords: readonly string[]; otherwise: Window }): readonly UnitWindow[] {
  const timed = keywords.flatMap((keyword) => {
    const [startsAt, endsAt, unitId] = keyword.split(SEPARATOR);
    return unitId === undefined ? [] : [{ unitId, window: { startsAt: Number(startsAt), endsAt: Number(endsAt) } }];
  });
  const untimed = keywords.filter((keyword) => isUnitId(keyword) && timed.every(({ unitId }) => unitId !== keyword));
  return [...timed, ...untimed.map((unitId) => ({ unitId, window: otherwise }))];
}
