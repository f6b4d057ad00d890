/**
 * Records one history per path of the workflow into `histories/`: run it when a new path ships (`node test/replay/record.ts`), never to
 * make a failing replay pass, for the histories stand for reservations that run in production.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { failure } from '../../activities/failures.ts';
import { actUpdate, reservationSignal, seamSignal } from '../../workflows/messages.ts';
import { aProperty, aReservation } from '../support/stays.ts';
import { until } from '../support/until.ts';
import { useWorkflowWorld, type WorkflowWorld } from '../support/workflow-world.ts';

const DAY = 86_400_000;
const world = useWorkflowWorld();

async function save({ w, id }: { w: WorkflowWorld; id: string }): Promise<void> {
  const history = await w.env.client.workflow.getHandle(`latchkey:test:${id}`).fetchHistory();
  // Who ran a task is of no use to a replay, and names a machine.
  const text = JSON.stringify(JSON.parse(historyToJSON(history)), (key, value: unknown) => (key === 'identity' ? undefined : value));
  writeFileSync(join(import.meta.dirname, 'histories', `${id}.json`), `${text}\n`);
}

test('the standard stay', async () => {
  const w = await world();
  w.seam.issuesAtOnce = false;
  const now = await w.now();
  const handle = await w.put({ id: 'standard', reservation: aReservation({ startsAt: now + 3 * DAY, endsAt: now + 5 * DAY }) });
  await until('a grant', () => w.seam.grants.size === 1);
  w.seam.issue();
  await handle.signal(seamSignal, {
    eventId: 'e1',
    eventType: 'access_method.issued',
    occurredAt: now,
    accessGrantIds: ['grant-1'],
    accessMethodId: 'grant-1-method',
    doorId: null,
  });
  await handle.result();
  await save({ w, id: 'standard' });
});

test('an extension, a room move and a cancellation in one stay', async () => {
  const w = await world();
  const now = await w.now();
  const booking = { startsAt: now + 60_000, endsAt: now + DAY };
  const handle = await w.put({ id: 'changed', reservation: aReservation(booking) });
  await w.seen({ handle, readiness: 'ready' });
  const rooms = [{ id: '1', unitId: '102', arrival: null, departure: null }];
  const changes = [
    { ...booking, endsAt: now + 2 * DAY, version: 2 },
    { ...booking, endsAt: now + 2 * DAY, rooms, version: 3 },
    { ...booking, endsAt: now + 2 * DAY, rooms, version: 4, status: 'cancelled' as const },
  ];
  for (const change of changes.slice(0, 2)) {
    await handle.signal(reservationSignal, { reservation: aReservation(change), property: aProperty() });
    await until('the change', async () => w.seam.log.length > 0 && w.sent.length >= change.version * 2);
  }
  await w.seen({ handle, readiness: 'ready' });
  await handle.signal(reservationSignal, {
    reservation: aReservation({ ...booking, rooms, version: 4, status: 'cancelled' }),
    property: aProperty(),
  });
  await handle.result();
  await save({ w, id: 'changed' });
});

test('failures, a refusal and an operator', async () => {
  const w = await world();
  const now = await w.now();
  for (const type of ['SeamUnavailable', 'SeamRejected'] as const) w.seam.faults.push({ method: 'grant', error: failure({ type }) });
  const handle = await w.put({ id: 'troubled', reservation: aReservation({ startsAt: now + DAY, endsAt: now + 2 * DAY }) });
  await w.seen({ handle, readiness: 'blocked' });
  for (const action of ['retry', 'resend', 'revoke'] as const) {
    await handle.executeUpdate(actUpdate, { args: [{ action, idempotencyKey: action, by: 'desk', reason: null }] });
    await w.seen({ handle, readiness: action === 'revoke' ? 'closed' : 'ready' });
  }
  await handle.result();
  await save({ w, id: 'troubled' });
});
