/** Questions about who else has a unit, and neighbours that answer them, complete but for what a test is about. */
import type { Neighbour, OccupancyQuestion } from '../../workflows/domain/occupancy.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOON = Date.UTC(2026, 10, 22, 12);

/** Unit 101 from noon for a day, booked second. */
export const aQuestion = (change: Partial<OccupancyQuestion> = {}): OccupancyQuestion => ({
  workflowId: 'latchkey:pms:B',
  propertyId: 'house',
  unitIds: ['101'],
  window: { startsAt: NOON, endsAt: NOON + DAY },
  closesAfter: HOUR,
  bookedAt: 2,
  kind: 'stay',
  shareWith: [],
  booking: null,
  overlap: 'hold',
  isEarly: false,
  ...change,
});

/** Unit 101 until an hour after that noon, booked first: gone within the grace. */
export const aNeighbour = (change: Partial<Neighbour> = {}): Neighbour => ({
  workflowId: 'latchkey:pms:A',
  key: 'pms:A',
  unitIds: ['101'],
  window: { startsAt: NOON - DAY, endsAt: NOON + HOUR },
  bookedAt: 1,
  kind: 'stay',
  booking: null,
  isOut: false,
  ...change,
});
