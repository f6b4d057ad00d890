/** Access that nobody can take back: cards that were encoded, codes that an offline lock keeps. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TypedSearchAttributes } from '@temporalio/common';
import type { Access, AccessReading } from '../../workflows/domain/access.ts';
import { decide } from '../../workflows/domain/decide.ts';
import { residualEnd } from '../../workflows/domain/residual.ts';
import { unitWindowsIn } from '../../workflows/domain/unit-window.ts';
import { ATTRIBUTES, attributeChanges } from '../../workflows/visibility.ts';
import { PlayedStay } from '../support/played-stay.ts';
import { aProperty, aReservation, iso } from '../support/stays.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const T0 = Date.UTC(2026, 10, 22, 12);
const booking = { startsAt: T0, endsAt: T0 + 3 * DAY };
const property = aProperty({ access: { modes: ['card'] } });
const book = (of = property) => PlayedStay.book({ reservation: aReservation(booking), property: of, now: T0 });
const alertsOf = (stay: PlayedStay): string[] =>
  stay.sent.flatMap(({ notice }) => (notice.kind === 'staff_alert' ? notice.causes.map(({ code, text }) => `${code}: ${text}`) : []));
const published = (stay: PlayedStay): unknown[] => {
  const changes = attributeChanges({ before: new TypedSearchAttributes(), state: stay.state, now: stay.now, atRest: true }) ?? [];
  const keywords = changes.find(({ key }) => key.name === ATTRIBUTES.residual.name)?.value;
  const otherwise = { startsAt: 0, endsAt: 0 };
  return Array.isArray(keywords) ? [...unitWindowsIn({ keywords: keywords.map(String), otherwise })] : [];
};

test('a card of a guest who leaves early is residual until its end, and only then the stay is closed, without a proof that there is none', async () => {
  const stay = await book();
  await stay.until(T0 + DAY);
  await stay.change(aReservation({ ...booking, version: 2, status: 'checked_out' }));
  assert.equal(stay.seam.grants.size, 0);
  const [left] = stay.view.access;
  assert.deepEqual([left?.state, left?.residualUntil, left?.absenceVerifiedAt], ['residual', iso(booking.endsAt), null]);
  assert.deepEqual([left?.methods[0]?.state, left?.doors[0]?.state], ['issued', 'granted']);
  assert.deepEqual([stay.view.readiness, stay.isFinished], ['closing', false]);
  assert.deepEqual(published(stay), [{ unitId: '101', window: booking }]);
  assert.deepEqual(alertsOf(stay).length, 1);
  assert.match(alertsOf(stay)[0] ?? '', /^access_remains: Unit 101 .* 2026-11-25T12:00:00.000Z by a card/);
  await stay.until(booking.endsAt - 1);
  assert.equal(stay.isFinished, false);
  await stay.until(booking.endsAt);
  const [ended] = stay.view.access;
  assert.deepEqual([ended?.state, ended?.residualUntil, ended?.absenceVerifiedAt], ['revoked', iso(booking.endsAt), null]);
  assert.deepEqual([ended?.methods[0]?.state, ended?.doors[0]?.state], ['revoked', 'lost']);
  assert.deepEqual([stay.view.readiness, stay.isFinished, alertsOf(stay).length], ['closed', true, 1]);
  assert.deepEqual(published(stay), []);
});

test('a card at its own end, one that was never encoded, and a code are proven gone at once', async () => {
  const atTheEnd = await book();
  await atTheEnd.until(booking.endsAt);
  const unencoded = await PlayedStay.book({ reservation: aReservation(booking), property, now: T0 });
  unencoded.seam.issuesAtOnce = false;
  await unencoded.settle();
  await unencoded.change(aReservation({ ...booking, version: 2, status: 'checked_out' }));
  const code = await book(aProperty());
  await code.settle();
  await code.change(aReservation({ ...booking, version: 2, status: 'checked_out' }));
  for (const stay of [atTheEnd, unencoded, code]) {
    const [access] = stay.view.access;
    assert.deepEqual([access?.state, access?.residualUntil, access?.absenceVerifiedAt], ['revoked', null, iso(stay.now)]);
    assert.deepEqual([stay.view.readiness, stay.isFinished, alertsOf(stay)], ['closed', true, []]);
    assert.deepEqual(published(stay), []);
  }
});

test('a lost card is replaced in either order although the old one goes on opening; staff hears which', async () => {
  for (const roomMove of ['make-before-break', 'break-before-make'] as const) {
    const stay = await book(aProperty({ access: { modes: ['card'], roomMove } }));
    await stay.settle();
    const accessMethodId = stay.view.access[0]?.methods[0]?.accessMethodId ?? '';
    await stay.tell({ kind: 'action', action: { action: 'reissue', accessMethodId, idempotencyKey: 'k', by: 'desk', reason: null } });
    assert.deepEqual(
      stay.view.access.map(({ state }) => state),
      ['residual', 'issued'],
      roomMove,
    );
    assert.equal(stay.view.readiness, 'ready', roomMove);
    assert.equal(alertsOf(stay).length, 1);
    await stay.until(booking.endsAt);
    assert.deepEqual([stay.view.readiness, stay.isFinished, stay.seam.grants.size], ['closed', true, 0], roomMove);
  }
});

test('an operator’s revoke and release work on: the card in the guest’s hand is named, and new access is made', async () => {
  const stay = await book();
  await stay.settle();
  const order = { idempotencyKey: 'k1', by: 'desk', reason: null };
  await stay.tell({ kind: 'action', action: { ...order, action: 'revoke' } });
  assert.deepEqual([stay.view.readiness, stay.view.access[0]?.state, stay.seam.grants.size], ['closing', 'residual', 0]);
  await stay.tell({ kind: 'action', action: { ...order, idempotencyKey: 'k2', action: 'release', waive: [] } });
  assert.deepEqual([stay.view.readiness, stay.view.access[1]?.state, stay.seam.grants.size], ['ready', 'issued', 1]);
});

test('a card that was encoded for a longer stay opens until that one’s end, and the workflow stays and wakes for it', async () => {
  const stay = await book();
  await stay.settle();
  for (const grant of stay.seam.grants.values()) grant.issued = false;
  const endsAt = T0 + DAY;
  await stay.change(aReservation({ ...booking, endsAt, version: 2 }));
  await stay.until(endsAt);
  assert.deepEqual([stay.view.readiness, stay.view.access[0]?.residualUntil], ['closing', iso(booking.endsAt)]);
  assert.equal(decide({ state: stay.state, now: stay.now }).wakeAt, booking.endsAt);
  await stay.until(booking.endsAt);
  assert.deepEqual([stay.view.readiness, stay.isFinished], ['closed', true]);
});

test('new times do not reach a card before it is issued again, and a grant that somebody deleted still left its card', () => {
  const access = { residualUntil: 5 } as Access;
  const reading = (change: object): AccessReading =>
    ({ methods: [], window: { startsAt: 1, endsAt: 3 }, ...change }) as unknown as AccessReading;
  const issued = { methods: [{ outlivesRevocation: true }] };
  assert.equal(residualEnd({ access, reading: reading({ methods: [{ state: 'encoding_required' }] }) }), 5);
  assert.equal(residualEnd({ access, reading: reading({ window: null }) }), 5);
  assert.equal(residualEnd({ access, reading: reading(issued) }), 3);
});

test('the next arrival is warned of what an earlier guest can still open: staff hears once, before it begins, and nothing waits', async () => {
  const key = 'pms:earlier';
  const arriving = { startsAt: T0 + 2 * DAY, endsAt: T0 + 4 * DAY };
  for (const foundAt of ['the booking', 'the telling']) {
    const stay = await PlayedStay.book({ reservation: aReservation(arriving), property: aProperty(), now: T0 });
    if (foundAt === 'the telling') await stay.settle();
    stay.residues = [{ key, unitIds: ['101'], until: arriving.startsAt + HOUR }];
    await stay.until(arriving.startsAt - 1);
    assert.equal(stay.view.readiness, 'ready', foundAt);
    assert.deepEqual(alertsOf(stay).length, 1, foundAt);
    assert.match(alertsOf(stay)[0] ?? '', /^residual_access: Unit 101 .* 2026-11-24T13:00:00.000Z by the guest of pms:earlier/);
    await stay.until(arriving.startsAt + HOUR);
    assert.ok(stay.view.reasons.every(({ code }) => code !== 'residual_access'));
  }
});

test('what was left in another unit, or ends before this stay begins, warns nobody', async () => {
  for (const residue of [
    { unitIds: ['102'], until: T0 + 2 * HOUR },
    { unitIds: ['101'], until: T0 + HOUR },
  ]) {
    const stay = await PlayedStay.book({
      reservation: aReservation({ ...booking, startsAt: T0 + HOUR }),
      property: aProperty(),
      now: T0,
    });
    stay.residues = [{ key: 'pms:earlier', ...residue }];
    await stay.settle();
    assert.deepEqual([alertsOf(stay), stay.view.reasons], [[], []]);
  }
});
