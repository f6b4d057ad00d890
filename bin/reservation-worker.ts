/** Opens a worker: connected, polling, and closed before what it works with. */

import { dataConverter } from '../config/data-converter.ts';
import type { EncryptionKey } from '../config/encryption-keys.ts';
import type { Logger } from '../config/log.ts';
import type { TemporalSettings } from '../config/temporal-variables.ts';
import { bundleWorkflows } from '../worker/bundle.ts';
import { activitiesOver, type Services } from '../worker/services.ts';
import { installRuntime } from '../worker/telemetry.ts';
import { createWorker } from '../worker/worker.ts';
import type { Lifetime } from './lifetime.ts';
import { makeSearchAttributes, openNativeConnection } from './temporal-connection.ts';

interface Opening {
  readonly lifetime: Lifetime;
  readonly log: Logger;
  readonly temporal: TemporalSettings;
  readonly taskQueue: string;
  readonly encryptionKeys: readonly EncryptionKey[];
  readonly services: Services;
}

/** Waits for Temporal as long as it takes. @throws SearchAttributesMissing */
export async function openWorker({ lifetime, log, temporal, taskQueue, encryptionKeys, services }: Opening): Promise<void> {
  installRuntime(log);
  // The bundle takes seconds, and Temporal may still be starting.
  const [connection, workflowBundle] = await Promise.all([openNativeConnection({ temporal, log, lifetime }), bundleWorkflows()]);
  await makeSearchAttributes({ connection, temporal, log, lifetime });
  const worker = await createWorker({
    connection,
    namespace: temporal.namespace,
    taskQueue,
    activities: activitiesOver(services),
    dataConverter: dataConverter(encryptionKeys),
    workflowBundle,
  });
  const running = worker.run();
  running.catch(lifetime.fail);
  lifetime.onEnd('worker', async () => {
    if (worker.getState() === 'RUNNING') worker.shutdown();
    await running;
  });
  log.info({ taskQueue, namespace: temporal.namespace }, 'worker polls');
}
