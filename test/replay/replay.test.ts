import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { bundleWorkflowCode, Worker } from '@temporalio/worker';
import { bundleWorkflows } from '../../worker/bundle.ts';
import { silenceTemporal } from '../support/silence.ts';

const folder = join(import.meta.dirname, 'histories');
const histories = readdirSync(folder).map((file) => ({ workflowId: file, history: JSON.parse(readFileSync(join(folder, file), 'utf8')) }));

before(silenceTemporal);

test('every reservation that runs in production goes on under this code: each recorded path replays', async () => {
  const workflowBundle = await bundleWorkflows();
  assert.ok(histories.length >= 3);
  for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle, replayName: 'recorded' }, histories)) {
    assert.equal(error, undefined, `${workflowId}: ${String(error)}`);
  }
});

test('the replay notices a careless change: the same histories fail under a twin that sleeps once more', async () => {
  const workflowBundle = await bundleWorkflowCode({ workflowsPath: join(import.meta.dirname, 'twin', 'index.ts') });
  for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle, replayName: 'twin' }, histories)) {
    assert.ok(error, `${workflowId} should not replay`);
  }
});
