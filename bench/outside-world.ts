/** The outside services as the simulators play them, and the real HTTP server that bookings and webhooks come to. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import type { Activities } from '../activities/activities.ts';
import { openHttpServer } from '../bin/http-server.ts';
import { keptPorts } from '../bin/kept-ports.ts';
import type { Lifetime } from '../bin/lifetime.ts';
import { settlePort } from '../bin/port.ts';
import { openOutside } from '../bin/stand-ins.ts';
import { connectToApi } from '../client/cli/api.ts';
import { localUrl } from '../client/local-url.ts';
import { readEngine } from '../config/engine-variables.ts';
import { createLogger } from '../config/log.ts';
import { loadSecrets } from '../config/secrets.ts';
import { activitiesOver } from '../worker/services.ts';
import { configuration, DEPLOYMENT, SOURCE } from './standard-stay.ts';
import { KEY } from './temporal.ts';

export interface OutsideWorld {
  /** Over the real clients. */
  readonly activities: Activities;
  /** PUTs a booking. @throws Refused where the server does not take it */
  put(booking: { readonly id: string; readonly body: object }): Promise<void>;
  close(): Promise<void>;
}

interface Opening {
  readonly client: Client;
  readonly taskQueue: string;
}

export async function openOutsideWorld({ client, taskQueue }: Opening): Promise<OutsideWorld> {
  const dataDir = mkdtempSync(join(tmpdir(), 'latchkey-bench-'));
  const { value } = readEngine({ LATCHKEY_DATA_DIR: dataDir, LATCHKEY_DEPLOYMENT: DEPLOYMENT, LATCHKEY_TASK_QUEUE: taskQueue });
  if (value === null) throw new Error('The settings of the bench are wrong.');
  const engine = { ...value, port: await settlePort({ ...value, port: 0 }) };
  const secrets = loadSecrets(dataDir);
  const { lifetime, close } = ownLifetime();
  const environment = { engine, seam: null, mail: null, sms: null };
  const outside = await openOutside({ lifetime, environment, secrets, ports: await keptPorts(dataDir), serverUrl: localUrl(engine) });
  const log = createLogger({ role: 'cli', level: 'warn' });
  const { tokens } = secrets;
  const encryptionKeys = [KEY];
  const { url } = await openHttpServer({ lifetime, log, client, engine, configuration, tokens, encryptionKeys, outside, mailbox: null });
  const api = connectToApi({ env: { LATCHKEY_DATA_DIR: dataDir, LATCHKEY_PORT: String(engine.port) }, roles: ['pms'] });
  return {
    activities: activitiesOver({
      ...outside,
      ...engine,
      configuration,
      log,
      client,
      encryptionKeys,
      publicUrl: null,
      localUrl: url,
    }),
    put: async ({ id, body }) => void (await api({ method: 'PUT', path: `/v1/reservations/${SOURCE}/${id}`, body })),
    async close() {
      await close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** As long as this part of the bench, not as the process. */
function ownLifetime(): { readonly lifetime: Lifetime; readonly close: () => Promise<void> } {
  const ends: (() => Promise<unknown>)[] = [];
  const ending = new AbortController();
  const lifetime: Lifetime = {
    ending: ending.signal,
    onEnd: (_what, end) => void ends.push(end),
    end: () => ending.abort(),
    fail: (error) => {
      throw error;
    },
  };
  const close = async (): Promise<void> => {
    ending.abort();
    for (const end of ends.toReversed()) await end();
  };
  return { lifetime, close };
}
