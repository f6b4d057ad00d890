/** How the doors of a settled stay fare: who hears of it, when, and how often; and what an event about a door is worth. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deviceFault } from '../../activities/adapters/seam/door-health.ts';
import { apply } from '../../workflows/domain/apply.ts';
import { concernedStays } from '../../workflows/domain/door-events.ts';
import { healthHints } from '../../workflows/domain/sweep-plan.ts';
import { viewOf } from '../../workflows/domain/view.ts';
import { PlayedStay } from '../support/played-stay.ts';
import { aProperty, aReservation } from '../support/stays.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const T0 = Date.UTC(2026, 10, 22, 12);
const booking = { startsAt: T0 + 2 * DAY, endsAt: T0 + 4 * DAY };
const ATTENTION = booking.startsAt - 4 * HOUR;

interface Told {
  readonly stay: PlayedStay;
  /** What the door reports from now on. */
  fault: string | null;
}

/** A stay that is ready, with one door. */
async function aReadyStay(): Promise<Told> {
  const stay = await PlayedStay.book({ reservation: aReservation(booking), property: aProperty(), now: T0 });
  const told: Told = { stay, fault: null };
  const read = stay.seam.read.bind(stay.seam);
  stay.seam.read = async (of) => {
    const reading = await read(of);
    return { ...reading, doors: reading.doors.map((door) => ({ ...door, name: 'Garden Gate', fault: told.fault })) };
  };
  await stay.settle();
  return told;
}

let events = 0;
function hear(stay: PlayedStay, eventType: string): Promise<void> {
  events += 1;
  const about = { accessGrantIds: ['grant-1'], accessMethodId: null, doorId: 'door-101' };
  return stay.tell({ kind: 'seam', event: { eventId: `e${events}`, eventType, occurredAt: stay.now, ...about } });
}

const reads = ({ seam }: PlayedStay): number => seam.log.filter((entry) => entry.startsWith('read ')).length;
const alerts = ({ sent }: PlayedStay): readonly string[] =>
  sent.flatMap(({ notice }) => (notice.kind === 'staff_alert' ? [notice.causes.map(({ text }) => text).join('; ')] : []));
const toGuests = ({ sent }: PlayedStay): number => sent.filter(({ notice }) => notice.kind !== 'staff_alert').length;

test('a door that drops off before arrival puts the stay at risk by name, alerts staff once, tells the guest nothing, and recovers', async () => {
  const told = await aReadyStay();
  const { stay } = told;
  await stay.until(ATTENTION + MINUTE);
  const heard = toGuests(stay);
  for (let times = 0; times < 3; times += 1) {
    told.fault = 'device_disconnected';
    await hear(stay, 'device.disconnected');
    assert.equal(stay.view.readiness, 'at_risk');
    told.fault = null;
    await hear(stay, 'device.connected');
    assert.equal(stay.view.readiness, 'ready');
  }
  assert.deepEqual(alerts(stay), ['Garden Gate (door-101), a door of room 1, is offline; check its power and its connection.']);
  assert.equal(toGuests(stay), heard);
});

test('a stay that is only being looked at again is not at risk: nobody could say why', async () => {
  const { stay } = await aReadyStay();
  await stay.until(ATTENTION + MINUTE);
  const about = { accessGrantIds: ['grant-1'], accessMethodId: null, doorId: 'door-101' };
  const event = { eventId: 'look', eventType: 'device.disconnected', occurredAt: stay.now, ...about };
  const state = apply({ state: stay.state, event: { kind: 'seam', event }, now: stay.now });
  assert.equal(viewOf({ state, now: stay.now }).readiness, 'pending');
});

test('a sick door is named before `attentionBefore` to nobody, and from then on to staff, each sickness for itself', async () => {
  const told = await aReadyStay();
  const { stay } = told;
  told.fault = 'low_battery';
  await hear(stay, 'latchkey.sweep');
  assert.deepEqual([stay.view.readiness, alerts(stay).length], ['ready', 0]);
  await stay.until(ATTENTION);
  assert.deepEqual([stay.view.readiness, alerts(stay).length], ['at_risk', 1]);
  told.fault = 'max_access_codes_reached';
  await hear(stay, 'latchkey.sweep');
  assert.deepEqual(
    alerts(stay).map((text) => /battery|memory/.exec(text)?.[0]),
    ['battery', 'memory'],
  );
});

test('word of a lock costs no read while it does not matter yet; other doors of a space are looked at whenever they come', async () => {
  const { stay } = await aReadyStay();
  const before = reads(stay);
  await hear(stay, 'device.disconnected');
  assert.equal(reads(stay), before);
  await hear(stay, 'space.device_membership_changed');
  assert.equal(reads(stay), before + 1);
  await stay.until(ATTENTION);
  await hear(stay, 'device.disconnected');
  assert.equal(reads(stay), before + 2);
});

test('a look that finds everything as it was alerts nobody, also late', async () => {
  const { stay } = await aReadyStay();
  await stay.until(booking.startsAt + HOUR);
  await hear(stay, 'device.battery_status_changed');
  assert.deepEqual([alerts(stay), stay.view.readiness], [[], 'ready']);
});

test('a door concerns our stays that are near or in house, and for a space all that are not over', () => {
  const grant = (id: string, startsAt: number, endsAt: number | null = null, deployment = 'latchkey') => ({
    accessGrantId: id,
    grantKey: `${deployment}:pms:${id}#a.1`,
    startsAt: T0 + startsAt,
    endsAt: endsAt === null ? null : T0 + endsAt,
  });
  const grants = [
    grant('near', HOUR),
    grant('inHouse', -DAY),
    grant('far', DAY),
    grant('over', -DAY, -HOUR),
    grant('other', 0, null, 'else'),
  ];
  const ids = (eventType: string): readonly string[] => [
    ...concernedStays({ grants, eventType, deployment: 'latchkey', attentionBefore: 4 * HOUR, now: T0 }).keys(),
  ];
  assert.deepEqual(ids('device.disconnected'), ['latchkey:pms:near', 'latchkey:pms:inHouse']);
  assert.deepEqual(ids('space.device_membership_changed'), ['latchkey:pms:near', 'latchkey:pms:inHouse', 'latchkey:pms:far']);
});

test('the sweep has look: a ready stay once its sick door matters, one at risk once its doors are well, and nobody else', () => {
  const hints = (readiness: string, startsIn: number, state: 'running' | 'over' = 'running') =>
    healthHints({
      standing: { workflowId: 'w', state, readiness, propertyId: 'house', accessGrantIds: ['sick', 'well'] },
      ailing: new Map([['sick', T0 + startsIn]]),
      attentionBefore: 4 * HOUR,
      now: T0,
    });
  assert.deepEqual([hints('ready', 3 * HOUR), hints('ready', 5 * HOUR)], [['sick'], []]);
  assert.deepEqual([hints('at_risk', HOUR), hints('at_risk', DAY)], [[], ['sick', 'well']]);
  assert.deepEqual([hints('pending', HOUR), hints('ready', HOUR, 'over')], [[], []]);
});

test('a lock whose maker wants a subscription puts its stays at risk with what to do, and is heard of at once', async () => {
  const fault = deviceFault({ device_id: 'd1', errors: [{ error_code: 'subscription_required', missing_device_ids: [] }], warnings: [] });
  const told = await aReadyStay();
  await told.stay.until(ATTENTION + MINUTE);
  told.fault = fault;
  await hear(told.stay, 'device.error.subscription_required');
  assert.equal(told.stay.view.readiness, 'at_risk');
  assert.match(alerts(told.stay).join(), /Garden Gate .* needs a subscription of its maker/);
  told.fault = null;
  await hear(told.stay, 'device.error.subscription_required.resolved');
  assert.equal(told.stay.view.readiness, 'ready');
});
