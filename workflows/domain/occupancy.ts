/** Whether a unit is still another's (rule 4), and whether a neighbour is the same booking made anew (rule 2, rebooking). */
import type { Window } from './access.ts';
import { hash, reservationKeyText } from './ids.ts';
import type { Duration, Instant, Reservation, StayKind } from './reservation.ts';
import type { ReservationState } from './state.ts';

/** What has to be known before a stay is let into a unit. */
export interface OccupancyQuestion {
  readonly workflowId: string;
  readonly propertyId: string;
  readonly unitIds: readonly string[];
  readonly window: Window;
  readonly closesAfter: Duration;
  readonly bookedAt: Instant;
  readonly kind: StayKind;
  /** Keys of reservations that rightly share the unit. */
  readonly shareWith: readonly string[];
  readonly booking: string | null;
  readonly overlap: 'hold' | 'warn';
  /** The window opens earlier than booked: then a stay that was booked later comes first, too. */
  readonly isEarly: boolean;
}

/** Another stay of the same units, as visibility shows it. */
export interface Neighbour {
  readonly workflowId: string;
  readonly key: string;
  readonly unitIds: readonly string[];
  readonly window: Window;
  readonly bookedAt: Instant;
  readonly kind: StayKind;
  readonly booking: string | null;
  /** Cancelled, or over with nothing left in Seam: it keeps nobody out any more, but may be the booking that this one replaces. */
  readonly isOut: boolean;
  /** What it can't take back, where there is any. A stay that left only that is booked into no unit any more. */
  readonly residual?: Omit<Residue, 'key'>;
}

/** Units that somebody can still open although their access was taken back (rule 9). */
export interface Residue {
  /** Whose: the key of that reservation. */
  readonly key: string;
  readonly unitIds: readonly string[];
  readonly until: Instant;
}

/** The stay that has the unit, beyond `closesAfter`; null when it is free. Of two the later booked one waits. */
export function occupantOf({ question, neighbours }: { question: OccupancyQuestion; neighbours: readonly Neighbour[] }): Neighbour | null {
  if (question.kind === 'work') return null;
  return neighbours.find((neighbour) => isInTheWay({ question, neighbour })) ?? null;
}

function isInTheWay({ question, neighbour }: { question: OccupancyQuestion; neighbour: Neighbour }): boolean {
  const exempt =
    neighbour.isOut ||
    neighbour.workflowId === question.workflowId ||
    neighbour.kind === 'work' ||
    question.shareWith.includes(neighbour.key) ||
    isRebooking({ question, neighbour });
  if (exempt || !neighbour.unitIds.some((unitId) => question.unitIds.includes(unitId))) return false;
  const overlaps =
    neighbour.window.startsAt < question.window.endsAt - question.closesAfter &&
    question.window.startsAt < neighbour.window.endsAt - question.closesAfter;
  return overlaps && (question.isEarly || comesFirst({ neighbour, question }));
}

const comesFirst = ({ neighbour, question }: { neighbour: Neighbour; question: OccupancyQuestion }): boolean =>
  neighbour.bookedAt === question.bookedAt ? neighbour.workflowId < question.workflowId : neighbour.bookedAt < question.bookedAt;

const isRebooking = ({ question, neighbour }: { question: OccupancyQuestion; neighbour: Neighbour }): boolean =>
  question.booking !== null && neighbour.booking === question.booking;

/** The stay that this one replaces: the same booking of the channel, unit and nights under another number. */
export const rebookedOf = ({ question, neighbours }: { question: OccupancyQuestion; neighbours: readonly Neighbour[] }): Neighbour | null =>
  neighbours.find((neighbour) => neighbour.workflowId !== question.workflowId && isRebooking({ question, neighbour })) ?? null;

/** What others left behind in the units that is still there when this stay begins. The same guest's own is none. */
export function residuesOf({
  question,
  neighbours,
}: {
  question: OccupancyQuestion;
  neighbours: readonly Neighbour[];
}): readonly Residue[] {
  return neighbours.flatMap((neighbour) => {
    const { workflowId, key, residual } = neighbour;
    const isOwn = workflowId === question.workflowId || question.shareWith.includes(key) || isRebooking({ question, neighbour });
    if (residual === undefined || isOwn || residual.until <= question.window.startsAt) return [];
    const unitIds = residual.unitIds.filter((unitId) => question.unitIds.includes(unitId));
    return unitIds.length === 0 ? [] : [{ key, unitIds, until: residual.until }];
  });
}

/** One and the same booking of a channel (same reference, units and nights) has one and the same text; null without a channel. */
export function bookingOf({ channel, propertyId, rooms, arrival, departure }: Reservation): string | null {
  if (channel === null) return null;
  const units = rooms.map((room) => room.unitId ?? '').toSorted();
  return hash(JSON.stringify([channel.name, channel.reference, propertyId, units, arrival.slice(0, 10), departure.slice(0, 10)]));
}

export function occupancyQuestion({
  state,
  unitIds,
  window,
}: {
  state: ReservationState;
  unitIds: readonly string[];
  window: Window;
}): OccupancyQuestion {
  const { reservation, property } = state;
  return {
    workflowId: state.key.workflowId,
    propertyId: reservation.propertyId,
    unitIds,
    window,
    closesAfter: property.access.closesAfter,
    bookedAt: state.bookedAt,
    kind: reservation.kind,
    shareWith: reservation.shareWith.filter((key) => key !== reservationKeyText(state.key)),
    booking: bookingOf(reservation),
    overlap: property.access.overlap,
    isEarly: reservation.status === 'checked_in' && window.startsAt >= state.statusSince,
  };
}
