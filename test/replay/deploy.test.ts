import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { Worker, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { bundleWorkflows } from '../../worker/bundle.ts';
import { aReservation } from '../support/stays.ts';
import { useWorkflowWorld } from '../support/workflow-world.ts';

const DAY = 86_400_000;
const MINUTE = 60_000;
const folder = join(import.meta.dirname, 'histories');
const world = useWorkflowWorld();
let changed: WorkflowBundleWithSourceMap;

before(async () => {
  changed = await bundleWorkflows(join(import.meta.dirname, 'twin', 'patched.ts'));
});

type History = ReturnType<typeof historyFromJSON>;

/** Why each of the histories does not replay; null where it does. */
async function failuresUnder(
  workflowBundle: WorkflowBundleWithSourceMap,
  histories: readonly History[],
): Promise<readonly (string | null)[]> {
  const failures: (string | null)[] = [];
  const named = histories.map((history) => ({ workflowId: 'w', history }));
  for await (const { error } of Worker.runReplayHistories({ workflowBundle, replayName: 'deploy' }, named))
    failures.push(error === undefined ? null : String(error));
  return failures;
}

const tookNewStep = ({ events }: History): boolean => (events ?? []).some(({ markerRecordedEventAttributes: marker }) => marker);

test('a change behind patched() is deployed over every recorded reservation: each goes on as the version before would have', async () => {
  const recorded = readdirSync(folder).map((file) => historyFromJSON(JSON.parse(readFileSync(join(folder, file), 'utf8'))));
  assert.ok(recorded.length >= 3);
  assert.deepEqual(
    await failuresUnder(changed, recorded),
    recorded.map(() => null),
  );
});

test('a reservation that runs during a deploy ends without the new step; one booked afterwards takes it, and both replay', async () => {
  const w = await world();
  // What a worker remembers waits for it for a while; so that nothing waits here, it remembers nothing.
  await w.stopWorker();
  await w.startWorker({ remembered: 0 });
  const now = await w.now();
  const booking = { startsAt: now + MINUTE, endsAt: now + DAY };
  const running = await w.put({ id: 'running', reservation: aReservation(booking) });
  await w.seen({ handle: running, readiness: 'ready' });
  await w.stopWorker();
  await w.startWorker({ bundle: changed });
  const fresh = await w.put({ id: 'fresh', reservation: aReservation(booking) });
  // One after the other: each wait lets the server's clock run, and two at once let it run away from the workers.
  await running.result();
  await fresh.result();
  assert.equal(w.seam.grants.size, 0);

  const [old, young] = await Promise.all([running.fetchHistory(), fresh.fetchHistory()]);
  assert.deepEqual([tookNewStep(old), tookNewStep(young)], [false, true]);
  assert.deepEqual(await failuresUnder(changed, [old, young]), [null, null]);
  assert.notDeepEqual(await failuresUnder(w.bundle, [young]), [null], 'the version before does not know the new step');
});
