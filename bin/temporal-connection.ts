/** Connections to Temporal that wait for it instead of dying, and what has to be in its namespace. */
import { Client, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { ensureSchedules, SchedulesMissing } from '../client/schedules.ts';
import { ensureSearchAttributes, SearchAttributesMissing } from '../client/search-attributes.ts';
import { isRefusal } from '../client/temporal-refusal.ts';
import { dataConverter } from '../config/data-converter.ts';
import type { EncryptionKey } from '../config/encryption-keys.ts';
import type { Logger } from '../config/log.ts';
import type { TemporalSettings } from '../config/temporal-variables.ts';
import { untilItWorks } from './growing-pauses.ts';
import type { Lifetime } from './lifetime.ts';

interface Connecting {
  readonly temporal: TemporalSettings;
  readonly log: Logger;
  readonly lifetime: Lifetime;
}

/** Milliseconds for one try. */
const ANSWERS_WITHIN = 10_000;

/**
 * Usable at once, also while Temporal is away: each call connects by itself. Never closed: a call that waits to be tried again would
 * fail where nobody can catch it, and it ends with the process anyway.
 */
export function openClient({ temporal, encryptionKeys }: { temporal: TemporalSettings; encryptionKeys: readonly EncryptionKey[] }): Client {
  const connection = Connection.lazy(temporal.connectionOptions);
  return new Client({ connection, namespace: temporal.namespace, dataConverter: dataConverter(encryptionKeys) });
}

export async function openNativeConnection({ temporal, log, lifetime }: Connecting): Promise<NativeConnection> {
  const connection = await untilItWorks({
    what: 'connect to Temporal',
    attempt: () => NativeConnection.connect(temporal.connectionOptions),
    log,
    signal: lifetime.ending,
  });
  lifetime.onEnd('connection to Temporal', () => connection.close());
  return connection;
}

/** @throws SearchAttributesMissing, with the commands to run, where the server does not allow it */
export function makeSearchAttributes({
  connection,
  temporal,
  log,
  lifetime,
}: Connecting & { readonly connection: Client['connection'] }): Promise<void> {
  const { namespace } = temporal;
  return untilItWorks({
    what: 'make search attributes',
    attempt: () => connection.withDeadline(Date.now() + ANSWERS_WITHIN, () => ensureSearchAttributes({ connection, namespace })),
    isFinal: (error) => error instanceof SearchAttributesMissing && isRefusal(error.cause),
    log,
    signal: lifetime.ending,
  });
}

interface Scheduling extends Pick<Connecting, 'log' | 'lifetime'> {
  readonly client: Client;
  readonly deployment: string;
  readonly taskQueue: string;
}

/** @throws SchedulesMissing, with the commands to run, where the server does not allow it */
export function makeSchedules({ client, deployment, taskQueue, log, lifetime }: Scheduling): Promise<void> {
  return untilItWorks({
    what: 'make schedules',
    attempt: () => client.withDeadline(Date.now() + ANSWERS_WITHIN, () => ensureSchedules({ client, deployment, taskQueue })),
    isFinal: (error) => error instanceof SchedulesMissing,
    log,
    signal: lifetime.ending,
  });
}
