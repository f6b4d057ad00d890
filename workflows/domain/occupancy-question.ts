/** What a stay asks about its units: which, for when, and who it is that asks. */
import { roomWindow } from './access-window.ts';
import { hash, reservationKeyText } from './ids.ts';
import type { OccupancyQuestion, WantedUnit } from './occupancy.ts';
import type { Reservation } from './reservation.ts';
import type { ReservationState } from './state.ts';
import type { UnitWindow } from './unit-window.ts';

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
