/** `latchkey worker`: runs workflows and activities, in any number of processes. Takes no connections. */
import type { Command } from '../client/cli/command.ts';
import { STATUS } from '../client/cli/failure.ts';
import { localUrl } from '../client/local-url.ts';
import { namesPages } from '../config/configuration.ts';
import { createLogger } from '../config/log.ts';
import { live } from './lifetime.ts';
import { production } from './production.ts';
import { openWorker } from './reservation-worker.ts';
import { openClient } from './temporal-connection.ts';

export const worker: Command = {
  name: 'worker',
  usage: 'worker',
  summary: 'Run the workflows and what they do, for production. Needs every variable of the services that the configuration uses.',
  async run({ env }) {
    const { engine, configuration, temporal, encryptionKeys, seam, mail, sms } = production({ env, role: 'worker' });
    const log = createLogger({ role: 'worker', level: engine.logLevel });
    if (engine.publicUrl === null && namesPages(configuration))
      log.warn("LATCHKEY_PUBLIC_URL is not set: the links to guests' pages in messages lead to this machine alone");
    const client = openClient({ temporal, encryptionKeys });
    const { publicUrl, deployment, taskQueue } = engine;
    const services = {
      client,
      deployment,
      taskQueue,
      configuration,
      seam,
      mail,
      sms,
      encryptionKeys,
      publicUrl,
      localUrl: localUrl(engine),
    };
    await live({ log, open: (lifetime) => openWorker({ lifetime, log, temporal, services }) });
    return STATUS.ok;
  },
};
