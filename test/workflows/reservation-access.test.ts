import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApplicationFailure } from '@temporalio/common';
import { failure } from '../../activities/failures.ts';
import { openStay } from '../../workflows/domain/apply-fact.ts';
import { actUpdate, reservationSignal, seamSignal, viewQuery } from '../../workflows/messages.ts';
import type { reservationAccess } from '../../workflows/reservation-access.ts';
import { aNeighbour } from '../support/neighbours.ts';
import { aProperty, aReservation } from '../support/stays.ts';
import { until } from '../support/until.ts';
import { useWorkflowWorld } from '../support/workflow-world.ts';

const DAY = 86_400_000;
const world = useWorkflowWorld();

test('a stay booked 180 days ahead is told a day before, ended on time and proven gone, in one workflow', async () => {
  const w = await world();
  const now = await w.now();
  const handle = await w.put({ id: 'long', reservation: aReservation({ startsAt: now + 180 * DAY, endsAt: now + 183 * DAY }) });
  const state = await handle.result();
  assert.deepEqual(w.kinds().toSorted(), ['email access_ready', 'sms access_ready']);
  const told = state.timeline.find((entry) => entry.what === 'access_ready');
  assert.ok(told !== undefined && told.at >= now + 179 * DAY && told.at < now + 179 * DAY + 60_000);
  assert.ok((state.accesses[0]?.readBackAt ?? 0) >= now + 183 * DAY);
  assert.equal(w.seam.grants.size, 0);
});

test('a command that keeps failing never keeps a cancellation from being heard, and leaves nothing behind', async () => {
  const w = await world();
  const now = await w.now();
  for (let i = 0; i < 3; i += 1) w.seam.faults.push({ method: 'grant', error: failure({ type: 'SeamUnavailable', code: '503' }) });
  const reservation = aReservation({ startsAt: now + DAY, endsAt: now + 2 * DAY });
  const handle = await w.put({ id: 'failing', reservation });
  await until('a grant is tried', () => w.seam.log.some((entry) => entry.startsWith('grant')));
  await handle.signal(reservationSignal, { reservation: { ...reservation, version: 2, status: 'cancelled' }, property: aProperty() });
  const state = await handle.result();
  assert.equal(state.reservation.status, 'cancelled');
  assert.equal(w.seam.grants.size, 0);
  assert.deepEqual(w.kinds(), []);
});

test('a grant that nobody wants any more is given up while Seam still keeps us waiting', { timeout: 60_000 }, async () => {
  const w = await world();
  const now = await w.now();
  let asked = 0;
  w.seam.grant = (_request, signal) => {
    asked += 1;
    return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
  };
  const reservation = aReservation({ startsAt: now + DAY, endsAt: now + 2 * DAY });
  const handle = await w.put({ id: 'waiting', reservation });
  await until('a grant is tried', () => asked === 1);
  await handle.signal(reservationSignal, { reservation: { ...reservation, version: 2, status: 'cancelled' }, property: aProperty() });
  const state = await handle.result();
  assert.deepEqual([asked, state.accesses.every(({ readBackAt }) => readBackAt !== null)], [1, true]);
});

test('while Seam is asked about a grant nothing else is asked about it, although its times have changed', { timeout: 60_000 }, async () => {
  const w = await world();
  const now = await w.now();
  const grant = w.seam.grant.bind(w.seam);
  const running = { calls: 0, now: 0, most: 0 };
  w.seam.grant = async (request, signal) => {
    running.calls += 1;
    running.now += 1;
    running.most = Math.max(running.most, running.now);
    if (running.calls === 1) await new Promise<void>((given) => signal?.addEventListener('abort', () => given()));
    running.now -= 1;
    return grant(request);
  };
  const reservation = aReservation({ startsAt: now + 60_000, endsAt: now + DAY });
  const handle = await w.put({ id: 'twice', reservation });
  await until('a grant is tried', () => running.calls === 1);
  const later = aReservation({ startsAt: now + 60_000, endsAt: now + 2 * DAY, version: 2 });
  await handle.signal(reservationSignal, { reservation: later, property: aProperty() });
  await w.seen({ handle, readiness: 'ready' });
  assert.equal(running.most, 1);
  assert.equal([...w.seam.grants.values()][0]?.request.window.endsAt, now + 2 * DAY);
  await handle.result();
});

test('who cancels a workflow by the tools of Temporal ends nothing: access that was given stays, and is taken back in its time', {
  timeout: 60_000,
}, async () => {
  const w = await world();
  const now = await w.now();
  const handle = await w.put({ id: 'cancelled', reservation: aReservation({ startsAt: now + 60_000, endsAt: now + DAY }) });
  await w.seen({ handle, readiness: 'ready' });
  await handle.cancel();
  await w.seen({ handle, readiness: 'ready' });
  const state = await handle.result();
  assert.ok((state.accesses[0]?.readBackAt ?? 0) >= now + DAY);
  assert.equal(w.seam.grants.size, 0);
});

test('a refusal that only a person can mend stops the tries, blocks, and goes on with "retry"', async () => {
  const w = await world();
  const now = await w.now();
  w.seam.faults.push({ method: 'grant', error: failure({ type: 'SeamRejected', code: 'invalid_input' }) });
  const handle = await w.put({ id: 'refused', reservation: aReservation({ startsAt: now + DAY, endsAt: now + 2 * DAY }) });
  await w.seen({ handle, readiness: 'blocked' });
  assert.deepEqual(w.kinds(), ['email staff_alert']);
  assert.ok((await handle.query(viewQuery)).reasons.some((reason) => reason.text.includes('invalid_input')));
  await handle.executeUpdate(actUpdate, { args: [{ action: 'retry', idempotencyKey: 'k1', by: 'desk', reason: null }] });
  await w.seen({ handle, readiness: 'ready' });
  await handle.executeUpdate(actUpdate, { args: [{ action: 'revoke', idempotencyKey: 'k2', by: 'desk', reason: 'over' }] });
  await handle.result();
  assert.equal(w.seam.grants.size, 0);
});

test('Seam events and receipts may come twice and in any order: one message per channel', async () => {
  const w = await world();
  const now = await w.now();
  w.seam.issuesAtOnce = false;
  const handle = await w.put({ id: 'doubled', reservation: aReservation({ startsAt: now + 60_000, endsAt: now + DAY }) });
  await until('a grant', () => w.seam.grants.size === 1);
  w.seam.issue();
  const event = {
    eventId: 'e1',
    eventType: 'access_method.issued',
    occurredAt: now,
    accessGrantIds: ['grant-1'],
    accessMethodId: 'grant-1-method',
    doorId: null,
  };
  for (const eventId of ['e1', 'e1', 'e2']) await handle.signal(seamSignal, { ...event, eventId });
  await w.seen({ handle, readiness: 'ready' });
  assert.deepEqual(w.kinds().toSorted(), ['email access_ready', 'sms access_ready']);
  await handle.result();
  assert.equal(w.kinds().length, 2);
});

test('an order that the state forbids is refused with words, and leaves no trace', async () => {
  const w = await world();
  const now = await w.now();
  const rooms = [{ id: '1', unitId: null, arrival: null, departure: null }];
  const handle = await w.put({ id: 'forbidden', reservation: aReservation({ startsAt: now + DAY, endsAt: now + 2 * DAY, rooms }) });
  const order = handle.executeUpdate(actUpdate, { args: [{ action: 'resend', idempotencyKey: 'k1', by: 'desk', reason: null }] });
  await assert.rejects(
    order,
    (error: unknown) =>
      error instanceof Error && error.cause instanceof ApplicationFailure && /No access has been made/.test(error.cause.message),
  );
  assert.deepEqual(
    (await handle.query(viewQuery)).timeline.map((entry) => entry.what),
    ['booked'],
  );
});

test('a closed stay that is reinstated goes on from what it knew: a new grant, a new message, no old version', async () => {
  const w = await world();
  const now = await w.now();
  const reservation = aReservation({ startsAt: now + 60_000, endsAt: now + DAY, version: 2, status: 'cancelled' });
  const first = await (await w.put({ id: 'back', reservation })).result();
  const late = await w.put({ id: 'back', reservation: { ...reservation, version: 1, status: 'confirmed' }, carried: first });
  assert.equal((await late.result()).reservation.status, 'cancelled');
  const back = await w.put({ id: 'back', reservation: { ...reservation, version: 3, status: 'confirmed' }, carried: first });
  await w.seen({ handle: back, readiness: 'ready' });
  assert.equal(w.seam.grants.size, 1);
  assert.deepEqual(w.kinds().toSorted(), ['email access_ready', 'sms access_ready']);
});

test('a stay that goes on in a new run does what is due, though nobody says a word to it', async () => {
  const w = await world();
  const now = await w.now();
  const id = 'carried';
  const key = { source: 'test', reservationId: id, workflowId: `latchkey:test:${id}` };
  const fact = { reservation: aReservation({ startsAt: now + 60_000, endsAt: now + DAY }), property: aProperty() };
  const handle = await w.env.client.workflow.start<typeof reservationAccess>('reservationAccess', {
    taskQueue: w.taskQueue,
    workflowId: key.workflowId,
    args: [{ reservation: key, carried: openStay({ key, fact, now }) }],
  });
  await w.seen({ handle, readiness: 'ready' });
  await handle.result();
  assert.deepEqual(w.kinds().toSorted(), ['email access_ready', 'sms access_ready']);
  assert.equal(w.seam.grants.size, 0);
});

test('a stay that is extended into the next one, which is ready, blocks that one until it gives way; both keep their access', async () => {
  const w = await world();
  const now = await w.now();
  const [turnover, endsAt] = [now + DAY, now + 2 * DAY];
  const second = await w.put({ id: 'second', reservation: aReservation({ startsAt: turnover, endsAt }) });
  const booked = aReservation({ startsAt: now + 60_000, endsAt: turnover });
  const first = await w.put({ id: 'first', reservation: booked });
  for (const handle of [first, second]) await w.seen({ handle, readiness: 'ready' });
  const extended = { ...booked, departure: new Date(endsAt).toISOString(), version: 2 };
  let isExtended = true;
  const inTheUnit = { first: { bookedAt: 0 }, second: { bookedAt: Number.POSITIVE_INFINITY } };
  w.findNeighbours = async ({ workflowId, units }) => {
    const other = workflowId.endsWith('first') ? 'second' : 'first';
    return isExtended ? [aNeighbour({ workflowId: `latchkey:test:${other}`, key: `test:${other}`, units, ...inTheUnit[other] })] : [];
  };
  await first.signal(reservationSignal, { reservation: extended, property: aProperty() });
  await until('the second hears of it', async () => {
    await w.env.sleep('10 seconds');
    return (await second.query(viewQuery)).readiness === 'blocked';
  });
  assert.deepEqual([(await first.query(viewQuery)).readiness, w.seam.grants.size], ['ready', 2]);
  isExtended = false;
  await first.signal(reservationSignal, { reservation: { ...booked, version: 3, status: 'cancelled' }, property: aProperty() });
  await first.result();
  await second.result();
  assert.equal(w.seam.grants.size, 0);
});
