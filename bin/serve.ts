/** `latchkey serve`: the HTTP API and the webhooks, in any number of processes. Comes up also while Temporal is away. */
import type { Command } from '../client/cli/command.ts';
import { STATUS } from '../client/cli/failure.ts';
import { createLogger } from '../config/log.ts';
import { openHttpServer } from './http-server.ts';
import { live } from './lifetime.ts';
import { settlePort } from './port.ts';
import { production } from './production.ts';
import { makeSearchAttributes, openClient } from './temporal-connection.ts';

export const serve: Command = {
  name: 'serve',
  usage: 'serve',
  summary: 'Serve the HTTP API and take webhooks, for production. Needs the same variables as worker, and tokens.',
  async run({ env }) {
    const { engine: asked, configuration, temporal, encryptionKeys, tokens, seam, mail, sms } = production({ env, role: 'serve' });
    const log = createLogger({ role: 'serve', level: asked.logLevel });
    await live({
      log,
      open: async (lifetime) => {
        const engine = { ...asked, port: await settlePort(asked) };
        const client = openClient({ temporal, encryptionKeys });
        await openHttpServer({
          lifetime,
          log,
          client,
          engine,
          configuration,
          tokens,
          encryptionKeys,
          outside: { seam, mail, sms, standIns: [] },
          mailbox: null,
        });
        // In the background: /healthz answers meanwhile, and /readyz says that Temporal is away.
        makeSearchAttributes({ connection: client.connection, temporal, log, lifetime }).catch((error: unknown) => {
          if (!lifetime.ending.aborted) lifetime.fail(error);
        });
      },
    });
    return STATUS.ok;
  },
};
