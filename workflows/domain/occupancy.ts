/** Whether a unit is still another's (rule 4), and whether a neighbour is the same booking made anew (rule 2, rebooking). */
import type { Window } from './access.ts';
import type { Duration, Instant, StayKind } from './reservation.ts';
import { meets, type UnitWindow, unitIdsOf } from './unit-window.ts';

export interface WantedUnit extends UnitWindow {
  /** Its guest came early: until then whoever has the unit comes first, also a stay that was booked later. Absent: opens as booked. */
  readonly bookedFrom?: Instant;
}

/** What has to be known before a stay is let into its units. */
export interface OccupancyQuestion {
  readonly workflowId: string;
  readonly propertyId: string;
  readonly units: readonly WantedUnit[];
  readonly closesAfter: Duration;
  readonly bookedAt: Instant;
  readonly kind: StayKind;
  /** Keys of reservations that rightly share the unit. */
  readonly shareWith: readonly string[];
  readonly booking: string | null;
  readonly overlap: 'hold' | 'warn';
}

/** Another stay of the same units, as visibility shows it. */
export interface Neighbour {
  readonly workflowId: string;
  readonly key: string;
  readonly units: readonly UnitWindow[];
  readonly bookedAt: Instant;
  readonly kind: StayKind;
  readonly booking: string | null;
  /** Cancelled, or over with nothing left in Seam: it keeps nobody out any more, but may be the booking that this one replaces. */
  readonly isOut: boolean;
  /** Units that it has no more and can still open, where there are any. */
  readonly residual?: readonly UnitWindow[];
}

/** Units that somebody can still open who has them no more. */
export interface Residue {
  /** Whose: the key of that reservation. */
  readonly key: string;
  readonly unitIds: readonly string[];
  readonly until: Instant;
}

interface Occupied {
  readonly question: OccupancyQuestion;
  readonly neighbours: readonly Neighbour[];
  readonly now: Instant;
}

/** The stay that has one of the units, beyond `closesAfter`; null when all are free. Of two the later booked one waits. */
export function occupantOf({ question, neighbours, now }: Occupied): Neighbour | null {
  if (question.kind === 'work') return null;
  return neighbours.find((neighbour) => isInTheWay({ question, neighbour, now })) ?? null;
}

interface Beside {
  readonly question: OccupancyQuestion;
  readonly neighbour: Neighbour;
}

const isInTheWay = ({ question, neighbour, now }: Beside & Pick<Occupied, 'now'>): boolean =>
  !isExempt({ question, neighbour }) &&
  (isThereBefore({ question, neighbour, now }) || (collides({ question, neighbour }) && comesFirst({ question, neighbour })));

/** Stays that were booked later and are kept out by this one, by workflow id: those that were let in before have to hear of it. */
export const keptOutBy = ({ question, neighbours }: Omit<Occupied, 'now'>): readonly string[] =>
  neighbours
    .filter((neighbour) => question.kind !== 'work' && !isExempt({ question, neighbour }))
    .filter((neighbour) => collides({ question, neighbour }) && !comesFirst({ question, neighbour }))
    .map(({ workflowId }) => workflowId);

const collides = ({ question: { units, closesAfter }, neighbour }: Beside): boolean =>
  units.some(({ unitId, window: { startsAt, endsAt }, bookedFrom = startsAt }) =>
    isThere({ neighbour, unitId, within: { startsAt: bookedFrom, endsAt: endsAt - closesAfter }, closesAfter }),
  );

/** Whoever is in the unit when its guest comes early. Past the booked arrival that is over, though the window still begins before it. */
const isThereBefore = ({ question: { units, closesAfter }, neighbour, now }: Beside & Pick<Occupied, 'now'>): boolean =>
  units.some(
    ({ unitId, window: { startsAt }, bookedFrom }) =>
      bookedFrom !== undefined && now < bookedFrom && isThere({ neighbour, unitId, within: { startsAt, endsAt: bookedFrom }, closesAfter }),
  );

interface Within {
  readonly neighbour: Neighbour;
  readonly unitId: string;
  readonly within: Window;
  readonly closesAfter: Duration;
}

const isThere = ({ neighbour, unitId, within: { startsAt, endsAt }, closesAfter }: Within): boolean =>
  neighbour.units.some(
    ({ unitId: booked, window }) => booked === unitId && window.startsAt < endsAt && startsAt < window.endsAt - closesAfter,
  );

const isExempt = ({ question, neighbour }: Beside): boolean =>
  neighbour.isOut ||
  neighbour.workflowId === question.workflowId ||
  neighbour.kind === 'work' ||
  question.shareWith.includes(neighbour.key) ||
  isRebooking({ question, neighbour });

const comesFirst = ({ neighbour, question }: Beside): boolean =>
  neighbour.bookedAt === question.bookedAt ? neighbour.workflowId < question.workflowId : neighbour.bookedAt < question.bookedAt;

const isRebooking = ({ question, neighbour }: Beside): boolean => question.booking !== null && neighbour.booking === question.booking;

/** The stay that this one replaces: the same booking of the channel, unit and nights under another number. */
export const rebookedOf = ({ question, neighbours }: Omit<Occupied, 'now'>): Neighbour | null =>
  neighbours.find((neighbour) => neighbour.workflowId !== question.workflowId && isRebooking({ question, neighbour })) ?? null;

/** What others left behind in the units that is still there while this stay has them. The same guest's own is none. */
export function residuesOf({ question, neighbours }: Omit<Occupied, 'now'>): readonly Residue[] {
  return neighbours.flatMap((neighbour) => {
    const { workflowId, key, residual = [] } = neighbour;
    const isOwn = workflowId === question.workflowId || question.shareWith.includes(key) || isRebooking({ question, neighbour });
    const left = isOwn ? [] : residual.filter((unit) => question.units.some((wanted) => meets(wanted, unit)));
    return left.length === 0 ? [] : [{ key, unitIds: unitIdsOf(left), until: Math.max(...left.map(({ window }) => window.endsAt)) }];
  });
}
