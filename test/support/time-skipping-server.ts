/** Temporal's time-skipping server and the workflow bundle, once for a test file. */
import { after, before } from 'node:test';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import type { WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { ensureSearchAttributes } from '../../client/search-attributes.ts';
import { findTemporal, TEMPORAL_TEST_SERVER } from '../../simulator/temporal-binary.ts';
import { bundleWorkflows } from '../../worker/bundle.ts';
import { silenceTemporal } from './silence.ts';

export interface TimeSkippingServer {
  readonly env: TestWorkflowEnvironment;
  readonly bundle: WorkflowBundleWithSourceMap;
}

/** `beforeStop` ends what still uses it. */
export function useTimeSkippingServer({ beforeStop }: { beforeStop: () => Promise<void> }): () => TimeSkippingServer {
  let server: TimeSkippingServer | undefined;
  before(async () => {
    silenceTemporal();
    const { path } = await findTemporal({ program: TEMPORAL_TEST_SERVER });
    const env = await TestWorkflowEnvironment.createTimeSkipping({ server: { executable: { type: 'existing-path', path } } });
    await ensureSearchAttributes({ connection: env.connection, namespace: 'default' });
    server = { env, bundle: await bundleWorkflows() };
  });
  after(async () => {
    await beforeStop();
    await server?.env.teardown();
  });
  return () => {
    if (server === undefined) throw new Error('the server is not up yet');
    return server;
  };
}
