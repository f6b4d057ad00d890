/** Opens a worker: connected, polling, and closed before what it works with. */

import { dataConverter } from '../config/data-converter.ts';
import type { Logger } from '../config/log.ts';
import type { TemporalSettings } from '../config/temporal-variables.ts';
import { bundleWorkflows } from '../worker/bundle.ts';
import { activitiesOver, type Services } from '../worker/services.ts';
import { installRuntime } from '../worker/telemetry.ts';
import { createWorker } from '../worker/worker.ts';
import type { Lifetime } from './lifetime.ts';
import { warnOfShortRetention } from './retention-warning.ts';
import { makeSchedules, makeSearchAttributes, openNativeConnection } from './temporal-connection.ts';

interface Opening {
  readonly lifetime: Lifetime;
  readonly log: Logger;
  readonly temporal: TemporalSettings;
  readonly services: Services;
}

/** Waits for Temporal as long as it takes. @throws SearchAttributesMissing, SchedulesMissing */
export async function openWorker({ lifetime, log, temporal, services }: Opening): Promise<void> {
  const { taskQueue, encryptionKeys } = services;
  installRuntime(log);
  // The bundle takes seconds, and Temporal may still be starting.
  const [connection, workflowBundle] = await Promise.all([openNativeConnection({ temporal, log, lifetime }), bundleWorkflows()]);
  await makeSearchAttributes({ connection, temporal, log, lifetime });
  await makeSchedules({ ...services, log, lifetime });
  const { client, configuration } = services;
  await warnOfShortRetention({ client, eraseAfter: configuration.privacy.eraseAfter, log });
  const worker = await createWorker({
    connection,
    namespace: temporal.namespace,
    taskQueue,
    activities: activitiesOver({ ...services, log }),
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
