import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { apply } from '../../workflows/domain/apply.ts';
import { openStay } from '../../workflows/domain/apply-fact.ts';
import type { Reservation } from '../../workflows/domain/reservation.ts';
import { PlayedStay } from '../support/played-stay.ts';
import { aProperty, aReservation } from '../support/stays.ts';

const DAY = 86_400_000;
const T0 = Date.UTC(2026, 10, 22, 12);
const KEY = { source: 'test', reservationId: 'R1', workflowId: 'latchkey:test:R1' };

const status = fc.constantFrom<Reservation['status']>('tentative', 'confirmed', 'checked_in', 'cancelled', 'no_show');
const facts = fc.array(fc.record({ status, nights: fc.integer({ min: 1, max: 9 }), unitId: fc.constantFrom('101', '102', null) }), {
  minLength: 1,
  maxLength: 6,
});
const order = fc.array(fc.nat(), { minLength: 1, maxLength: 18 });

const reservationOf = ({
  version,
  nights,
  unitId,
  status: present,
}: {
  version: number;
  nights: number;
  unitId: string | null;
  status: Reservation['status'];
}): Reservation =>
  aReservation({
    startsAt: T0 + DAY,
    endsAt: T0 + (1 + nights) * DAY,
    version,
    status: present,
    rooms: [{ id: '1', unitId, arrival: null, departure: null }],
  });

test('whatever the order and number of arrivals, what the newest version says is what holds', () => {
  fc.assert(
    fc.property(facts, order, (versions, picks) => {
      const bookings = versions.map((fact, version) => reservationOf({ ...fact, version }));
      const arrivals = [...picks.map((pick) => bookings[pick % bookings.length]), ...bookings.toReversed()].filter(
        (booking) => booking !== undefined,
      );
      const [first, ...rest] = arrivals;
      if (first === undefined) return;
      const property = aProperty();
      const opened = openStay({ key: KEY, fact: { reservation: first, property }, now: T0 });
      const state = rest.reduce(
        (known, reservation) => apply({ state: known, event: { kind: 'reservation', fact: { reservation, property } }, now: T0 }),
        opened,
      );
      assert.deepEqual(state.reservation, bookings.at(-1));
    }),
    { numRuns: 500 },
  );
});

test('the engine comes to rest after any sequence of bookings, and holds at most one grant for the room and guest', async () => {
  await fc.assert(
    fc.asyncProperty(facts, async (versions) => {
      const [first, ...rest] = versions.map((fact, version) => reservationOf({ ...fact, version }));
      if (first === undefined) return;
      const stay = await PlayedStay.book({ reservation: first, property: aProperty(), now: T0 });
      await stay.settle();
      for (const reservation of rest) {
        await stay.change(reservation);
        assert.ok(stay.seam.grants.size <= 1);
      }
      await stay.until(T0 + 12 * DAY);
      assert.equal(stay.seam.grants.size, 0);
      assert.equal(stay.isFinished, true);
    }),
    { numRuns: 300 },
  );
});
