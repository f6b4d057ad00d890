/** A key that was used: the guest is in the house. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PlayedStay } from '../support/played-stay.ts';
import { aProperty, aReservation, iso } from '../support/stays.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const T0 = Date.UTC(2026, 10, 22, 12);
const booking = { startsAt: T0, endsAt: T0 + 3 * DAY };
const book = () => PlayedStay.book({ reservation: aReservation(booking), property: aProperty(), now: T0 });
const use = (stay: PlayedStay, eventId = 'u1', accessGrantIds = ['grant-1']) =>
  stay.tell({
    kind: 'seam',
    event: { eventId, eventType: 'lock.unlocked', occurredAt: stay.now - 1_000, accessGrantIds, accessMethodId: null, doorId: null },
  });
const noShow = (stay: PlayedStay) => stay.change(aReservation({ ...booking, version: 2, status: 'no_show' }));
const alerts = (stay: PlayedStay): string[] =>
  stay.sent.flatMap(({ notice }) => (notice.kind === 'staff_alert' ? notice.causes.map(({ code }) => code) : []));

test('a no-show whose key was used, before or after, keeps the access to its end, and staff hears once', async () => {
  for (const order of [
    [use, noShow],
    [noShow, use],
  ]) {
    const stay = await book();
    await stay.until(T0 + HOUR);
    for (const step of order) await step(stay);
    await stay.until(booking.endsAt - 1);
    assert.equal(stay.seam.grants.size, 1);
    assert.deepEqual(alerts(stay), ['no_show_in_house']);
    await stay.until(booking.endsAt);
    assert.deepEqual([stay.seam.grants.size, stay.view.readiness, stay.isFinished], [0, 'closed', true]);
  }
});

test('a no-show whose key nobody used, or only somebody else’s, ends after its grace; one that was checked in does not', async () => {
  for (const grantIds of [[], ['grant-9']]) {
    const stay = await book();
    await stay.settle();
    await use(stay, 'u1', grantIds);
    await noShow(stay);
    await stay.until(T0 + 12 * HOUR);
    assert.deepEqual([stay.seam.grants.size, stay.view.readiness, alerts(stay)], [0, 'closed', []]);
  }
  const stay = await book();
  await stay.change(aReservation({ ...booking, version: 1.5, status: 'checked_in' }));
  await noShow(stay);
  await stay.until(booking.endsAt - 1);
  assert.deepEqual([stay.seam.grants.size, alerts(stay)], [1, ['no_show_in_house']]);
});

test('of all uses of a key the first is kept, as a moment, and none causes a read', async () => {
  const stay = await book();
  await stay.settle();
  const reads = stay.seam.log.length;
  await use(stay);
  const first = iso(stay.now - 1_000);
  stay.now += HOUR;
  await use(stay, 'u2');
  await use(stay, 'u1');
  const entries = stay.view.timeline.filter(({ what }) => what === 'first_used');
  assert.deepEqual(
    entries.map(({ at, actor, detail }) => [at, actor, detail]),
    [[first, 'seam', stay.view.access[0]?.grantKey]],
  );
  assert.equal(stay.seam.log.length, reads);
  assert.equal(JSON.stringify(stay.state).match(/first_?used/gi)?.length, 2);
});
