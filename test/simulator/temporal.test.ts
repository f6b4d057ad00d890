import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type TestContext, test } from 'node:test';
import { Client, Connection } from '@temporalio/client';
import { startDevServer } from '../../simulator/temporal.ts';
import { findTemporal, TEMPORAL_CLI } from '../../simulator/temporal-binary.ts';

const { path: binary } = await findTemporal({ program: TEMPORAL_CLI });

async function databaseIn(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-temporal-'));
  t.after(() => rm(folder, { recursive: true }));
  return join(folder, 'data', 'temporal.db');
}

test('a dev server keeps its runs over a restart, closed ones for 90 days, and has the search attributes', async (t) => {
  const databaseFile = await databaseIn(t);
  const options = {
    binary,
    databaseFile,
    namespace: 'latchkey',
    searchAttributes: { LatchkeyProperty: 'Keyword', LatchkeyUnits: 'KeywordList' },
  } as const;
  const first = await startDevServer(options);
  t.after(() => first.stop());
  const connection = await Connection.connect(first);
  const { config } = await connection.workflowService.describeNamespace({ namespace: 'latchkey' });
  assert.equal(Number(config?.workflowExecutionRetentionTtl?.seconds), 90 * 86_400);
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace: 'latchkey' });
  assert.deepEqual(
    Object.keys(customAttributes)
      .toSorted()
      .filter((name) => name.startsWith('Latchkey')),
    ['LatchkeyProperty', 'LatchkeyUnits'],
  );
  await new Client({ connection, namespace: 'latchkey' }).workflow.start('anything', { workflowId: 'kept', taskQueue: 'none' });
  await connection.close();
  await first.stop();

  const second = await startDevServer(options);
  t.after(() => second.stop());
  const again = await Connection.connect(second);
  const found = await new Client({ connection: again, namespace: 'latchkey' }).workflow.getHandle('kept').describe();
  assert.equal(found.status.name, 'RUNNING');
  await again.close();
});

test('a server survives its parent: a Ctrl-C does not reach it, and one left behind by a kill is ended before the next', async (t) => {
  const databaseFile = await databaseIn(t);
  const parent = spawn(process.execPath, [join(import.meta.dirname, 'temporal-parent.ts'), binary, databaseFile], {
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface(parent.stdout)[Symbol.asyncIterator]();
  const address = /^started (\S+)$/.exec((await lines.next()).value ?? '')?.[1] ?? assert.fail();
  await assert.rejects(startDevServer({ binary, databaseFile }), /in use by process/);
  process.kill(-(parent.pid ?? assert.fail()), 'SIGINT');
  assert.equal((await lines.next()).value, 'alive');
  parent.kill('SIGKILL');
  await once(parent, 'exit');
  await (await Connection.connect({ address })).close();
  const next = await startDevServer({ binary, databaseFile });
  t.after(() => next.stop());
  assert.equal(next.endedOrphan, true);
  await assert.rejects(Connection.connect({ address, connectTimeout: 500 }));
});

test('a binary that cannot be started, or ends at once, is an error and not a wait', async () => {
  await assert.rejects(startDevServer({ binary: '/nowhere/temporal', databaseFile: null }), /can't be started/);
  await assert.rejects(startDevServer({ binary: process.execPath, databaseFile: null }), /ended while it started/);
});
