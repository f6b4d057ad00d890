import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refusalOf } from '../../workflows/domain/order-refusal.ts';
import { passViewOf } from '../../workflows/domain/pass-view.ts';
import type { Order } from '../../workflows/messages.ts';
import { Player } from '../model/player.ts';
import { hearSeam } from '../model/tidings.ts';
import { PlayedStay } from '../support/played-stay.ts';
import { aProperty, aReservation, iso } from '../support/stays.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const T0 = Date.UTC(2026, 10, 22, 12);
const booking = { startsAt: T0 + HOUR, endsAt: T0 + 2 * DAY };

const order = (given: Order, key = 'k1') => ({
  kind: 'action' as const,
  action: { ...given, idempotencyKey: key, by: 'desk', reason: null },
});

async function aToldStay(property = aProperty()): Promise<PlayedStay> {
  const stay = await PlayedStay.book({ reservation: aReservation(booking), property, now: T0 });
  await stay.settle();
  return stay;
}

test('hold: nothing new is issued or told, what exists stays; release goes on', async () => {
  const stay = await PlayedStay.book({ reservation: aReservation(booking), property: aProperty(), now: T0 });
  await stay.tell(order({ action: 'hold' }));
  assert.deepEqual([stay.seam.grants.size, stay.kinds().length, stay.view.readiness], [0, 0, 'blocked']);
  await stay.tell(order({ action: 'release', waive: [] }, 'k2'));
  assert.deepEqual([stay.seam.grants.size, stay.kinds().length, stay.view.readiness], [1, 2, 'ready']);
});

test('hold: a message that waits for its channel is not tried again before release, and then goes out once', async () => {
  const stay = await PlayedStay.book({
    reservation: aReservation(booking),
    property: aProperty({ messages: { channels: ['email'] } }),
    now: T0,
  });
  stay.failing.push({ kind: 'send', failure: { type: 'MailUnavailable', code: null, retryAfter: null } });
  await stay.settle();
  await stay.tell(order({ action: 'hold' }));
  await stay.until(T0 + HOUR);
  assert.deepEqual(stay.kinds(), []);
  await stay.tell(order({ action: 'release', waive: [] }, 'k2'));
  assert.deepEqual(stay.kinds(), ['email access_ready']);
});

test("an operator's revoke stands whatever the PMS sends, reads closed once proven, and release before departure brings access back", async () => {
  const stay = await aToldStay();
  await stay.tell(order({ action: 'revoke' }));
  assert.deepEqual([stay.seam.grants.size, stay.view.readiness, stay.isFinished], [0, 'closed', false]);
  await stay.change(aReservation({ ...booking, version: 2, endsAt: booking.endsAt + DAY }));
  assert.equal(stay.seam.grants.size, 0);
  await stay.tell(order({ action: 'release', waive: [] }, 'k2'));
  assert.deepEqual([stay.seam.grants.size, stay.view.readiness, stay.view.window.endsAt], [1, 'ready', iso(booking.endsAt + DAY)]);
});

test('a waived condition no longer gates this stay, also when the PMS sends it again', async () => {
  const property = aProperty({ access: { requires: ['paid'] } });
  const stay = await aToldStay(property);
  assert.equal(stay.seam.grants.size, 0);
  await stay.tell(order({ action: 'release', waive: ['paid'] }));
  assert.deepEqual([stay.seam.grants.size, stay.view.readiness], [1, 'ready']);
  await stay.change(aReservation({ ...booking, version: 2, conditions: { paid: false } }), property);
  assert.equal(stay.seam.grants.size, 1);
});

test('change-departure stands until the PMS sends another departure than it had then', async () => {
  const stay = await aToldStay();
  const later = booking.endsAt + DAY;
  await stay.tell(order({ action: 'change-departure', departure: iso(later) }));
  assert.equal(stay.view.window.endsAt, iso(later));
  await stay.change(aReservation({ ...booking, version: 2 }));
  assert.equal(stay.view.window.endsAt, iso(later));
  await stay.change(aReservation({ ...booking, version: 3, endsAt: booking.endsAt + HOUR }));
  assert.equal(stay.view.window.endsAt, iso(booking.endsAt + HOUR));
});

test('an arrival that the PMS moves past the departure that an operator set has the booked departure', async () => {
  const stay = await aToldStay();
  const departure = iso(T0 + 5 * HOUR);
  await stay.tell(order({ action: 'change-departure', departure }));
  const later = { ...booking, startsAt: T0 + DAY, version: 2 };
  await stay.change(aReservation(later));
  assert.deepEqual(stay.view.window, { startsAt: iso(later.startsAt), endsAt: iso(booking.endsAt), timeZone: 'Etc/UTC' });
  assert.equal(stay.view.readiness, 'ready');
});

test('reissue makes and tells another grant before the old one goes', async () => {
  const stay = await aToldStay();
  await stay.tell(order({ action: 'reissue', accessMethodId: 'grant-1-method' }));
  const order_ = stay.seam.log.filter((entry) => /^(grant|revoke) /.test(entry)).map((entry) => entry.split(' ')[0]);
  assert.deepEqual(order_, ['grant', 'grant', 'revoke']);
  assert.deepEqual(stay.kinds().slice(2), ['email access_changed', 'sms access_changed']);
  assert.equal(stay.seam.grants.size, 1);
});

test("a reissue ends the link to the guest's page at once, and a message that names the page carries the new one", async () => {
  for (const property of [aProperty({ messages: { content: 'pass' } }), aProperty({ access: { modes: ['cloud_key'] } })]) {
    const stay = await aToldStay(property);
    stay.seam.issuesAtOnce = false;
    await stay.tell(order({ action: 'reissue', accessMethodId: 'grant-1-method' }));
    assert.equal(passViewOf({ state: stay.state, guestId: 'g1', now: stay.now })?.generation, 1);
    stay.seam.issue();
    await stay.tell(order({ action: 'retry' }, 'k2'));
    const told = stay.sent.map(({ notice }) => ('facts' in notice ? [notice.kind, notice.facts.pass ?? 0] : []));
    assert.deepEqual(told.slice(2), [
      ['access_changed', 1],
      ['access_changed', 1],
    ]);
  }
});

test('told by the desk counts as accepted, until what was told changes', async () => {
  const guests = [{ id: 'g1', name: 'Ada', email: null, phone: null, language: null, roomIds: ['1'] }];
  const stay = await PlayedStay.book({ reservation: aReservation({ ...booking, guests }), property: aProperty(), now: T0 });
  await stay.settle();
  assert.notEqual(stay.view.readiness, 'ready');
  await stay.tell(order({ action: 'told', guestId: 'g1', how: 'by phone' }));
  assert.equal(stay.view.readiness, 'ready');
  await stay.change(aReservation({ ...booking, guests, version: 2, endsAt: booking.endsAt + DAY }));
  assert.notEqual(stay.view.readiness, 'ready');
});

test('retry forgets no event that came while a grant was in the making: what was deleted meanwhile is made anew', () => {
  const player = new Player({
    reservation: aReservation({ startsAt: T0 + 2 * DAY, endsAt: T0 + 3 * DAY }),
    property: aProperty(),
    now: T0,
  });
  const [lane = ''] = player.errands.keys();
  player.progress({ lane });
  for (const key of player.seam.grants.keys()) player.seam.remove(key);
  for (const event of player.seam.events.splice(0)) hearSeam({ player, event });
  player.order({ action: 'retry', idempotencyKey: 'try', by: 'desk', reason: null });
  player.finish();
  assert.equal(player.seam.grants.size, 1);
});

test('an order is done once per key, and refused with words when the state forbids it', async () => {
  const stay = await aToldStay();
  for (const _ of [1, 2]) await stay.tell(order({ action: 'resend' }));
  assert.equal(stay.kinds().length, 4);
  const refused: Order[] = [
    { action: 'release', waive: [] },
    { action: 'release', waive: ['nonsense'] },
    { action: 'change-departure', departure: iso(T0 - DAY) },
    { action: 'reissue', accessMethodId: 'nobody' },
    { action: 'told', guestId: 'nobody', how: 'by phone' },
    { action: 'acknowledge', code: 'nothing' },
  ];
  for (const given of refused)
    assert.ok(refusalOf({ state: stay.state, action: order(given, 'k9').action, now: stay.now }), JSON.stringify(given));
  assert.equal(refusalOf({ state: stay.state, action: order({ action: 'resend' }).action, now: stay.now }), null);
});

test('another departure is refused with a reason once the PMS says that the guest has left or does not come', async () => {
  for (const status of ['checked_out', 'cancelled', 'no_show'] as const) {
    const stay = await aToldStay();
    const { endsAt } = stay.view.window;
    const later = order({ action: 'change-departure', departure: iso(Date.parse(endsAt) + DAY) }, 'k9').action;
    assert.equal(refusalOf({ state: stay.state, action: later, now: stay.now }), null);
    await stay.change({ ...stay.state.reservation, version: 2, status });
    assert.match(refusalOf({ state: stay.state, action: later, now: stay.now }) ?? '', new RegExp(`The booking is ${status}.*in the PMS`));
  }
});

test('what is still being taken back after the end is tried at once on "retry"; of a closed stay nothing is', async () => {
  const stay = await aToldStay();
  const { action } = order({ action: 'retry' });
  for (let tries = 0; tries < 20; tries += 1)
    stay.failing.push({ kind: 'revoke', failure: { type: 'StillThere', code: null, retryAfter: null } });
  await stay.until(booking.endsAt + 2 * HOUR);
  stay.failing.length = 0;
  assert.deepEqual([stay.view.readiness, refusalOf({ state: stay.state, action, now: stay.now })], ['closing', null]);
  await stay.tell({ kind: 'action', action });
  assert.equal(stay.view.readiness, 'closed');
  const again = order({ action: 'retry' }, 'k2').action;
  assert.match(refusalOf({ state: stay.state, action: again, now: stay.now }) ?? '', /nothing is left to do/);
});
