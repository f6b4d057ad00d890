/** Unlocks in the real workflow: asked for over and over, with answers lost and late, Seam is asked once or not at all. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { WorkflowHandle } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { failure } from '../../activities/failures.ts';
import { KEY_REQUESTS } from '../../workflows/domain/pace.ts';
import { type Action, type ActionOutcome, actUpdate, viewQuery } from '../../workflows/messages.ts';
import type { reservationAccess } from '../../workflows/reservation-access.ts';
import { aProperty, aReservation } from '../support/stays.ts';
import { until } from '../support/until.ts';
import { useWorkflowWorld, type WorkflowWorld } from '../support/workflow-world.ts';

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;
const world = useWorkflowWorld();

type Stay = WorkflowHandle<typeof reservationAccess>;

async function aStay(w: WorkflowWorld, id: string): Promise<Stay> {
  const now = await w.now();
  const reservation = aReservation({ startsAt: now - MINUTE, endsAt: now + DAY });
  const handle = await w.put({ id, reservation, property: aProperty({ access: { modes: ['cloud_key'] } }) });
  await w.seen({ handle, readiness: 'ready' });
  return handle;
}

const order = (key: string): Action => ({
  action: 'unlock',
  entranceId: 'door-101',
  deviceId: null,
  guestId: null,
  idempotencyKey: key,
  by: 'desk',
  reason: null,
});
/** Each call under an update id of its own: Temporal does not know that they are one. */
const unlock = (stay: Stay, key: string): Promise<ActionOutcome> => stay.executeUpdate(actUpdate, { args: [order(key)] });
const refused = (words: RegExp) => (error: unknown) =>
  error instanceof Error && error.cause instanceof ApplicationFailure && error.cause.type === 'Refused' && words.test(error.cause.message);
const happened = async (stay: Stay): Promise<string[]> => (await stay.query(viewQuery)).timeline.map(({ what }) => what);

test('an unlock is answered once Seam has taken it; under the same key it is answered again and not done again', async () => {
  const w = await world();
  const stay = await aStay(w, 'unlocked');
  let take = (): void => assert.fail('not asked yet');
  w.errands.answers.push(
    () => new Promise((resolve) => (take = () => resolve({ actionAttemptId: 'attempt-1', state: 'sent', code: null }))),
  );
  const answers = [unlock(stay, 'k1'), unlock(stay, 'k1')];
  await until('Seam is asked', () => w.errands.deeds.length === 1);
  assert.ok(!(await happened(stay)).includes('unlock_confirmed'));
  take();
  const [first, second] = await Promise.all(answers);
  assert.deepEqual([first, second], [first, first]);
  assert.equal(first?.actionAttemptId, 'attempt-1');
  await until('the device has confirmed it', async () => (await happened(stay)).includes('unlock_confirmed'));
  assert.deepEqual(await unlock(stay, 'k1'), { outcome: 'confirmed', actionAttemptId: 'attempt-1' });
  assert.equal(w.errands.deeds.length, 1);
  assert.equal((await unlock(stay, 'k2')).actionAttemptId, 'attempt-2');
});

test('a lost answer is said to be lost, to everybody who asks under that key, and nothing is sent again', async () => {
  const w = await world();
  const stay = await aStay(w, 'lost');
  w.errands.answers.push(() => Promise.reject(failure({ type: 'SeamUnavailable', code: 'ECONNRESET' })));
  await assert.rejects(unlock(stay, 'k1'), refused(/not known whether it was done.*Try the door/));
  await assert.rejects(unlock(stay, 'k1'), refused(/not known whether it was done/));
  await w.env.sleep(60 * MINUTE);
  assert.equal(w.errands.deeds.length, 1);
  assert.deepEqual((await happened(stay)).slice(-2), ['unlock', 'unlock_unknown']);
  // Nor would the server hand it to another worker when one dies of it.
  const { events } = await stay.fetchHistory();
  const tries = events
    ?.flatMap((event) => event.activityTaskScheduledEventAttributes ?? [])
    .filter((task) => task.activityType?.name === 'sendErrand');
  assert.deepEqual(
    tries?.map((task) => task.retryPolicy?.maximumAttempts),
    [1],
  );
});

test('an order that waited too long for a worker opens no door: neither by the clock of the workflow nor by that of the activity', async () => {
  const w = await world();
  const stay = await aStay(w, 'late');
  const askedAt = (await w.now()) - 11_000;
  await assert.rejects(stay.executeUpdate(actUpdate, { args: [{ ...order('k1'), askedAt }] }), refused(/too long ago/));
  w.errandsNow = (await w.now()) + 11_000;
  await assert.rejects(unlock(stay, 'k2'), refused(/Not done: it was asked for too long ago/));
  assert.deepEqual(w.errands.deeds, []);
});

test('a guest who asks for another Instant Key hears when it is made, or at once that it is not there yet', async () => {
  const w = await world();
  const now = await w.now();
  const reservation = aReservation({ startsAt: now - MINUTE, endsAt: now + DAY });
  const stay = await w.put({ id: 'another-key', reservation, property: aProperty({ access: { modes: ['mobile_key'] } }) });
  await w.seen({ handle: stay, readiness: 'ready' });
  const ask = (idempotencyKey: string): Promise<ActionOutcome> =>
    stay.executeUpdate(actUpdate, { args: [{ action: 'renew-key', guestId: 'g1', idempotencyKey, by: 'g1', reason: null }] });
  assert.deepEqual(await Promise.all([ask('k1'), ask('k1')]), [{ outcome: 'made' }, { outcome: 'made' }]);
  await assert.rejects(ask('k2'), refused(/a moment ago/));
  await w.env.sleep(KEY_REQUESTS.pause);
  w.seam.faults.push({ method: 'renewKey', error: failure({ type: 'SeamRejected', code: 'invalid_input' }) });
  assert.deepEqual(await ask('k3'), { outcome: 'requested' });
  await w.env.sleep(MINUTE);
  assert.deepEqual(
    (await happened(stay)).filter((what) => what.includes('key')),
    ['renew-key', 'key_renewed', 'renew-key'],
  );
});
