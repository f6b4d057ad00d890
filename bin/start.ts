/** `latchkey start`: everything on one machine, for a first look and for a small house. */
import type { Command } from '../client/cli/command.ts';
import { STATUS } from '../client/cli/failure.ts';
import { createLogger } from '../config/log.ts';
import { loadSettings } from '../config/settings.ts';
import { openEmbedded } from './embedded.ts';
import { writeExampleBooking } from './example-booking.ts';
import { live } from './lifetime.ts';
import { overview } from './overview.ts';
import { claimDataFolder } from './running.ts';

export const start: Command = {
  name: 'start',
  usage: 'start',
  summary: 'Run everything on this machine, with a stand-in for each outside service that is not configured. Ctrl-C ends all of it.',
  async run({ env, print }) {
    const { environment, configuration, configPath } = loadSettings({ env, role: 'start' });
    const log = createLogger({ role: 'start', level: environment.engine.logLevel });
    const { dataDir } = environment.engine;
    await live({
      log,
      open: async (lifetime) => {
        const claim = await claimDataFolder({ dataDir, lifetime });
        const embedded = await openEmbedded({ lifetime, log, env, environment, configuration, state: 'file' });
        claim.tell(embedded.url);
        const example = writeExampleBooking({ dataDir, configuration, outside: embedded.outside });
        print(overview({ embedded, environment, configPath, example, env }));
        print(`ready ${embedded.url}`);
      },
    });
    return STATUS.ok;
  },
};
