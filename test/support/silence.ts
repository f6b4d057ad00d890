/** Temporal's own log lines say nothing about what is tested. */
import { Runtime } from '@temporalio/worker';

const nothing = (): void => {};

export function silenceTemporal(): void {
  const logger = { log: nothing, trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };
  Runtime.install({ logger, telemetryOptions: { logging: { filter: 'ERROR' } } });
}
