/** A Temporal dev server that can be killed and comes back on the same database and port. */
import { type DevServer, type DevServerOptions, startDevServer } from '../../simulator/temporal.ts';
import { until } from './until.ts';

function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

export class KillableTemporal {
  readonly #options: DevServerOptions;
  #server: DevServer | null = null;

  constructor(options: DevServerOptions) {
    this.#options = options;
  }

  async start(): Promise<DevServer> {
    this.#server = await startDevServer(this.#options);
    return this.#server;
  }

  /** Our own child, by its id. Over once it takes requests again. */
  async kill(): Promise<void> {
    const { pid } = this.#server ?? {};
    if (pid === undefined) return;
    process.kill(pid, 'SIGKILL');
    await until('the Temporal server to be gone', () => !lives(pid));
    await this.start();
  }

  async stop(): Promise<void> {
    await this.#server?.stop();
  }
}
