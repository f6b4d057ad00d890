/** The brake of a property as its workflow keeps it (rule 10). */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApplicationFailure } from '@temporalio/common';
import type { brake } from '../../workflows/brake.ts';
import { approveBrakeUpdate, askBrakeUpdate, brakeQuery } from '../../workflows/brake-messages.ts';
import { aSender } from '../support/notices.ts';
import { useWorkflowWorld } from '../support/workflow-world.ts';

const world = useWorkflowWorld();
const alert = { sender: aSender(), language: 'en', recipients: [{ channel: 'email', address: 'desk@house.example' }] } as const;
const revocations = (count: number) => Array.from({ length: count }, (_, i) => ({ id: `r${i}`, what: `pms:R${i}`, grants: 1 }));
const question = (count: number) => ({ cause: 'sweep', live: 20, revocations: revocations(count), alert }) as const;

test('an operator lets go what was seen and nothing that came to it since; staff hears of a stop once', async () => {
  const w = await world();
  const handle = await w.env.client.workflow.start<typeof brake>('brake', {
    taskQueue: w.taskQueue,
    workflowId: 'latchkey/brake/house',
    args: [{ propertyId: 'house', carried: null }],
  });
  const ask = (count: number) => handle.executeUpdate(askBrakeUpdate, { args: [question(count)] });
  const approve = (stopId: string) => handle.executeUpdate(approveBrakeUpdate, { args: [{ stopId, by: 'desk', reason: null }] });
  assert.deepEqual(await ask(4), []);
  const seen = await handle.query(brakeQuery);
  assert.equal(seen.stopped.length, 4);
  assert.deepEqual(await ask(5), []);
  await assert.rejects(
    approve(seen.id),
    (error: unknown) => error instanceof Error && error.cause instanceof ApplicationFailure && error.cause.type === 'Refused',
  );
  assert.equal((await handle.query(brakeQuery)).stopped.length, 5);
  assert.equal(await approve((await handle.query(brakeQuery)).id), 5);
  assert.equal((await ask(5)).length, 5);
  await handle.result();
  assert.deepEqual(w.kinds(), ['email staff_alert']);
});
