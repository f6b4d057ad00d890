/** Everything in one process, with the Temporal server as its child: what `start` and the demo run. Real where configured, else played. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { localUrl } from '../client/local-url.ts';
import type { Configuration } from '../config/configuration.ts';
import type { Environment } from '../config/environment.ts';
import type { Logger } from '../config/log.ts';
import { type LocalSecrets, loadSecrets } from '../config/secrets.ts';
import type { Variables } from '../config/variables.ts';
import { type DevTemporal, openDevTemporal } from './dev-temporal.ts';
import { type HttpServer, openHttpServer } from './http-server.ts';
import { keptPorts } from './kept-ports.ts';
import type { Lifetime } from './lifetime.ts';
import { settlePort } from './port.ts';
import { openWorker } from './reservation-worker.ts';
import { type Outside, openOutside } from './stand-ins.ts';
import { openClient } from './temporal-connection.ts';

interface Opening {
  readonly lifetime: Lifetime;
  readonly log: Logger;
  readonly env: Variables;
  readonly environment: Environment;
  readonly configuration: Configuration;
  /** Temporal's state; `memory` is gone at the end. */
  readonly state: 'file' | 'memory';
}

export interface Embedded {
  /** Of the HTTP server, without a slash at its end. */
  readonly url: string;
  /** null: a real one is configured. */
  readonly devTemporal: DevTemporal | null;
  readonly outside: Outside;
  readonly secrets: LocalSecrets;
}

/** Answers when a booking can be made. @throws Refused, SearchAttributesMissing, Error; each says what to do */
export async function openEmbedded({ lifetime, log, env, environment, configuration, state }: Opening): Promise<Embedded> {
  const engine = { ...environment.engine, port: await settlePort(environment.engine) };
  const { dataDir } = engine;
  const secrets = loadSecrets(dataDir);
  const ports = await keptPorts(dataDir);
  const databaseFile = state === 'file' ? join(dataDir, 'temporal.db') : null;
  const devTemporal =
    environment.temporal === null
      ? await openDevTemporal({ lifetime, env, databaseFile, logFile: join(dataDir, 'temporal.log'), port: ports.temporal })
      : null;
  lifetime.ending.throwIfAborted();
  const temporal = environment.temporal ?? devTemporal ?? neither();
  const encryptionKeys = environment.encryptionKeys ?? secrets.encryptionKeys;
  const outside = await openOutside({ lifetime, environment: { ...environment, engine }, secrets, ports, serverUrl: localUrl(engine) });
  const client = openClient({ temporal, encryptionKeys });
  const { mailbox } = outside;
  const tokens = environment.tokens ?? secrets.tokens;
  const server = await openHttpServer({ lifetime, log, client, engine, configuration, tokens, encryptionKeys, outside, mailbox });
  const { deployment, taskQueue, publicUrl } = engine;
  const services = { ...outside, client, deployment, taskQueue, configuration, encryptionKeys, publicUrl, localUrl: server.url };
  await openWorker({ lifetime, log, temporal, services });
  await untilReady({ server, lifetime });
  return { url: server.url, devTemporal, outside, secrets };
}

const neither = (): never => {
  throw new Error('neither a Temporal server of its own nor a configured one');
};

/** Milliseconds between two looks. */
const PAUSE = 100;

async function untilReady({ server, lifetime: { ending } }: { server: HttpServer; lifetime: Lifetime }): Promise<void> {
  for (;;) {
    const { ready, checks } = await server.readiness();
    if (ready && checks.worker === 'ok') return;
    await sleep(PAUSE, undefined, { signal: ending });
  }
}
