/** How fast-check draws what booking systems change. */
import * as fc from 'fast-check';
import type { Reservation } from '../../workflows/domain/reservation.ts';
import type { Change } from './change.ts';

/** One of what there is, whatever that is then. */
export const pick = fc.nat({ max: 9 });
const units = fc.constantFrom('101', '102', '103', '999', null);
export const hours = fc.constantFrom(-30, -2, 0, 1, 6, 24, 49, 72, 120);
const status = fc.constantFrom<Reservation['status']>(
  'confirmed',
  'confirmed',
  'confirmed',
  'checked_in',
  'cancelled',
  'no_show',
  'checked_out',
  'tentative',
);

export const changes: fc.Arbitrary<Change> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('status' as const), status }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('dates' as const), arrivalHours: hours, departureHours: hours, asDates: fc.boolean() }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('unit' as const), room: pick, unitId: units }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('room' as const), unitId: units }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('roomGone' as const), room: pick }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('roomDates' as const),
      room: pick,
      arrivalHours: fc.option(hours),
      departureHours: fc.option(hours),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('guest' as const), email: fc.boolean(), phone: fc.boolean(), first: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('guestGone' as const), guest: pick }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('guestRooms' as const), guest: pick, room: pick }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('name' as const), guest: pick, name: fc.constantFrom('Ada', 'Grace') }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('contact' as const),
      guest: pick,
      channel: fc.constantFrom('email' as const, 'phone' as const),
      variant: fc.option(fc.nat({ max: 2 })),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('condition' as const), isMet: fc.boolean() }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'nothing' as const }) },
);
