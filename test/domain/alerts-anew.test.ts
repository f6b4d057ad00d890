import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Guest, Reservation } from '../../workflows/domain/reservation.ts';
import { PlayedStay } from '../support/played-stay.ts';
import { aProperty, aReservation } from '../support/stays.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const T0 = Date.UTC(2026, 10, 22, 12);
const booking = { startsAt: T0 + HOUR, endsAt: T0 + 2 * DAY };
const paidFirst = aProperty({ access: { requires: ['paid'] } });

type Said = Partial<Reservation> & { readonly startsAt?: number; readonly endsAt?: number };
const book = (of: Said, property = aProperty({ messages: { channels: ['email'] } })): Promise<PlayedStay> =>
  PlayedStay.book({ reservation: aReservation({ ...booking, ...of }), property, now: T0 });
const order = (of: { action: 'resend' } | { action: 'told'; guestId: string; how: 'voice' }) =>
  ({ kind: 'action', action: { ...of, idempotencyKey: JSON.stringify(of), by: 'desk', reason: null } }) as const;
const alerts = (stay: PlayedStay): readonly string[] =>
  stay.sent.flatMap(({ notice }) => (notice.kind === 'staff_alert' ? notice.causes.map(({ code }) => code) : []));
const to = (email: string): readonly Guest[] => [{ id: 'g1', name: 'Ada', email, phone: null, language: 'en', roomIds: ['1'] }];
const inUnit = (unitId: string | null): Reservation['rooms'] => [{ id: '1', unitId, arrival: null, departure: null }];
const refuseNext = (stay: PlayedStay): void =>
  void stay.failing.push({ kind: 'send', failure: { type: 'MailRefused', code: '550', retryAfter: null } });

/** What the PMS said, one version after the other, each with when the next one comes. */
async function play(stay: PlayedStay, versions: readonly (Said & { readonly until: number })[]): Promise<void> {
  for (const [i, { until, ...of }] of versions.entries()) {
    await stay.change(aReservation({ ...booking, version: i + 2, ...of }));
    await stay.until(until);
  }
}

test('staff is warned before every end of a stay that is extended in the house, and at each cancellation in the house', async () => {
  const extended = await book({ status: 'checked_in' });
  await extended.until(booking.endsAt - 20 * MINUTE);
  await play(extended, [{ status: 'checked_in', endsAt: booking.endsAt + DAY, until: booking.endsAt + DAY + HOUR }]);
  assert.deepEqual(alerts(extended), ['still_checked_in', 'still_checked_in']);

  const extendedLate = await book({ status: 'checked_in' });
  await extendedLate.until(booking.endsAt + MINUTE);
  await play(extendedLate, [{ status: 'checked_in', endsAt: booking.endsAt + DAY, until: booking.endsAt + DAY + HOUR }]);
  assert.deepEqual(alerts(extendedLate), ['still_checked_in', 'still_checked_in']);

  const cancelled = await book({ status: 'checked_in' });
  await cancelled.until(T0 + 2 * HOUR);
  const twice = [
    { status: 'cancelled', until: T0 + 2 * HOUR + 5 * MINUTE },
    { status: 'cancelled', arrival: '2026-11-22', until: T0 + 2 * HOUR + 6 * MINUTE },
    { status: 'checked_in', until: T0 + 9 * HOUR },
    { status: 'cancelled', until: T0 + 11 * HOUR },
  ] as const;
  await play(cancelled, twice);
  assert.deepEqual(alerts(cancelled), ['cancelled_in_house', 'cancelled_in_house'], 'once for each, however often the PMS repeats it');
});

test('a unit or a condition that was missing, came and is lost again is told to staff again', async () => {
  const room = await book({ rooms: inUnit(null) });
  await room.settle();
  await play(room, [
    { rooms: inUnit('101'), until: T0 + 10 * MINUTE },
    { rooms: inUnit(null), until: T0 + 59 * MINUTE },
  ]);
  assert.deepEqual(alerts(room), ['no_unit', 'no_unit']);

  const absent = await book({ rooms: inUnit(null), startsAt: T0 }, aProperty({ access: { noShowGrace: 2 * HOUR } }));
  await absent.settle();
  await play(absent, [
    { startsAt: T0, rooms: inUnit(null), status: 'no_show', until: T0 + 11 * HOUR },
    { startsAt: T0, rooms: inUnit('101'), status: 'no_show', until: T0 + 11 * HOUR },
    { startsAt: T0, rooms: inUnit('101'), until: T0 + 11 * HOUR },
    { startsAt: T0, rooms: inUnit(null), until: T0 + 12 * HOUR },
  ]);
  const missing = alerts(absent).filter((code) => code === 'no_unit');
  assert.equal(missing.length, 2, 'also where the unit came while nobody was expected');

  const payment = await book({}, paidFirst);
  await payment.settle();
  await play(payment, [
    { conditions: { paid: true }, until: T0 + 5 * HOUR },
    { conditions: { paid: false }, until: T0 + 6 * HOUR },
  ]);
  assert.deepEqual(alerts(payment), ['condition_unmet:paid', 'condition_unmet:paid']);
});

test('every address that comes after telling, or is refused, is told to staff, also the second and the one that comes back', async () => {
  const moved = await book({ guests: to('a@guests.example') });
  await moved.settle();
  await play(moved, [{ guests: to('b@guests.example'), until: T0 + MINUTE }]);
  await moved.tell(order({ action: 'resend' }));
  await moved.change(aReservation({ ...booking, version: 3, guests: to('stranger@relay.example') }));
  await moved.change(aReservation({ ...booking, version: 4, guests: to('other@relay.example') }));
  assert.deepEqual(alerts(moved), ['contact_changed', 'contact_changed', 'contact_changed']);

  const refused = await book({ guests: to('a@guests.example') });
  refuseNext(refused);
  await refused.settle();
  refuseNext(refused);
  await play(refused, [{ guests: to('b@guests.example'), until: T0 + MINUTE }]);
  refuseNext(refused);
  await refused.tell(order({ action: 'resend' }));
  const each = ['email_refused', 'guest_unreachable'];
  assert.deepEqual(alerts(refused), [...each, ...each, ...each]);
});

test('a guest whom no channel reaches and who was told by voice: staff hears again when what was told changes', async () => {
  const stay = await book({ guests: to('a@guests.example') });
  refuseNext(stay);
  await stay.settle();
  await stay.tell(order({ action: 'told', guestId: 'g1', how: 'voice' }));
  assert.equal(stay.view.readiness, 'ready');
  await play(stay, [{ guests: to('a@guests.example'), rooms: inUnit('102'), until: T0 + 2 * HOUR }]);
  const heard = ['email_refused', 'guest_unreachable', 'guest_unreachable', 'old_unit_open'];
  assert.deepEqual([stay.view.readiness, alerts(stay)], ['blocked', heard]);
});
