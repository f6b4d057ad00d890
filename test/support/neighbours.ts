/** Questions about who else has a unit, and neighbours that answer them, complete but for what a test is about. */
import type { Window } from '../../workflows/domain/access.ts';
import type { Neighbour, OccupancyQuestion } from '../../workflows/domain/occupancy.ts';
import type { UnitWindow } from '../../workflows/domain/unit-window.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
export const NOON = Date.UTC(2026, 10, 22, 12);

const DAY_OF_UNIT: Window = { startsAt: NOON, endsAt: NOON + DAY };

export const aUnit = (window: Partial<Window> = {}, unitId = '101'): UnitWindow => ({ unitId, window: { ...DAY_OF_UNIT, ...window } });

/** Unit 101 from noon for a day, booked second. */
export const aQuestion = (change: Partial<OccupancyQuestion> = {}): OccupancyQuestion => ({
  workflowId: 'latchkey:pms:B',
  propertyId: 'house',
  units: [aUnit()],
  closesAfter: HOUR,
  bookedAt: 2,
  kind: 'stay',
  shareWith: [],
  booking: null,
  overlap: 'hold',
  ...change,
});

/** Unit 101 until an hour after that noon, booked first: gone within the grace. */
export const aNeighbour = (change: Partial<Neighbour> = {}): Neighbour => ({
  workflowId: 'latchkey:pms:A',
  key: 'pms:A',
  units: [aUnit({ startsAt: NOON - DAY, endsAt: NOON + HOUR })],
  bookedAt: 1,
  kind: 'stay',
  booking: null,
  isOut: false,
  ...change,
});
