/** The SDK's runtime: its logs go where ours go, and signals are ours, for a worker is closed before what it works with. */

import { DefaultLogger, type LogEntry, makeTelemetryFilterString, Runtime } from '@temporalio/worker';
import type { Logger } from '../config/log.ts';

const LEVELS = { TRACE: 'trace', DEBUG: 'debug', INFO: 'debug', WARN: 'warn', ERROR: 'error' } as const;

/** Once per process, before the first connection. What the SDK tells as news of itself is detail here. */
export function installRuntime(log: Logger): void {
  const write = ({ level, message, meta }: LogEntry): void => log[LEVELS[level]]({ ...meta }, message);
  Runtime.install({
    logger: new DefaultLogger('DEBUG', write),
    telemetryOptions: { logging: { forward: {}, filter: makeTelemetryFilterString({ core: 'WARN', other: 'ERROR' }) } },
    shutdownSignals: [],
  });
}
