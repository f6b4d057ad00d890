/** Whether a unit is still another's (rule 4), and whether a neighbour is the same booking made anew (rule 2, rebooking). */
import { roomWindow } from './access-window.ts';
import { hash, reservationKeyText } from './ids.ts';
import type { Duration, Instant, Reservation, StayKind } from './reservation.ts';
import type { ReservationState } from './state.ts';
import { meets, type UnitWindow, unitIdsOf } from './unit-window.ts';

interface WantedUnit extends UnitWindow {
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

function isInTheWay({ question, neighbour, now }: Beside & Pick<Occupied, 'now'>): boolean {
  if (isExempt({ question, neighbour })) return false;
  return question.units.some(({ unitId, window, bookedFrom = window.startsAt }) =>
    neighbour.units.some((booked) => {
      const has = (from: Instant, until: Instant): boolean =>
        booked.unitId === unitId && booked.window.startsAt < until && from < booked.window.endsAt - question.closesAfter;
      const isThereBefore = now < bookedFrom && has(window.startsAt, bookedFrom);
      return isThereBefore || (has(bookedFrom, window.endsAt - question.closesAfter) && comesFirst({ neighbour, question }));
    }),
  );
}

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

/** One and the same booking of a channel (same reference, units and nights) has one and the same text; null without a channel. */
export function bookingOf({ channel, propertyId, rooms, arrival, departure }: Reservation): string | null {
  if (channel === null) return null;
  const units = rooms.map((room) => room.unitId ?? '').toSorted();
  return hash(JSON.stringify([channel.name, channel.reference, propertyId, units, arrival.slice(0, 10), departure.slice(0, 10)]));
}

/** The units of the booking with their times. */
export const bookedUnits = (state: ReservationState): readonly UnitWindow[] =>
  state.reservation.rooms.flatMap((room) => (room.unitId === null ? [] : [{ unitId: room.unitId, window: roomWindow({ state, room }) }]));

export function occupancyQuestion({ state, units }: { state: ReservationState; units: readonly UnitWindow[] }): OccupancyQuestion {
  const { reservation, property } = state;
  return {
    workflowId: state.key.workflowId,
    propertyId: reservation.propertyId,
    units: units.map((unit) => ({ ...unit, ...earliness({ state, unit }) })),
    closesAfter: property.access.closesAfter,
    bookedAt: state.bookedAt,
    kind: reservation.kind,
    shareWith: reservation.shareWith.filter((key) => key !== reservationKeyText(state.key)),
    booking: bookingOf(reservation),
    overlap: property.access.overlap,
  };
}

function earliness({ state, unit }: { state: ReservationState; unit: UnitWindow }): Pick<WantedUnit, 'bookedFrom'> {
  if (state.checkedInAt === null) return {};
  const planned = { ...state, checkedInAt: null };
  const opened = bookedUnits(state).findIndex(({ unitId, window }) => unitId === unit.unitId && window.startsAt === unit.window.startsAt);
  const bookedFrom = bookedUnits(planned)[opened]?.window.startsAt;
  return bookedFrom === undefined || bookedFrom <= unit.window.startsAt ? {} : { bookedFrom };
}
