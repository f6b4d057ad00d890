/** A Temporal dev server as a child process on loopback: for `npm start` without a Temporal of one's own, the demo, the bench, the tests. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { dirname, resolve } from 'node:path';
import { whenHealthy } from './temporal-health.ts';
import { endOrphan, forgetServer, rememberServer } from './temporal-orphan.ts';

/** Milliseconds that the server gets to close its database. */
const STOPS_WITHIN = 5_000;

export type SearchAttributeKind = 'Text' | 'Keyword' | 'Int' | 'Double' | 'Bool' | 'Datetime' | 'KeywordList';

export interface DevServerOptions {
  /** Path of the Temporal CLI. */
  readonly binary: string;
  /** null: everything is gone at the end. */
  readonly databaseFile: string | null;
  /** 0, the default: any free one. */
  readonly port?: number;
  readonly namespace?: string;
  /** Made with a new database. One that exists keeps those it has: the server passes over the rest without a word. */
  readonly searchAttributes?: Readonly<Record<string, SearchAttributeKind>>;
  /** Where the server's own output goes; without it, nowhere. */
  readonly logFile?: string;
}

export interface DevServer {
  /** `host:port`. */
  readonly address: string;
  readonly namespace: string;
  readonly pid: number;
  /** A server that an earlier, killed parent had left on this database was ended first. */
  readonly endedOrphan: boolean;
  stop(): Promise<void>;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  // A TCP server's address is an object; only pipes have text.
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

const BEHAVIOUR = [
  // Off by default: without it one property's import delays everybody else's arrivals.
  'matching.enableFairness=true',
  // A workflow is deleted only once the server has noted how far its queues are, every half minute by default: nobody waits so long here.
  'history.transferProcessorUpdateAckInterval="2s"',
  'history.visibilityProcessorUpdateAckInterval="2s"',
] as const;

function parametersOf(server: {
  readonly port: number;
  readonly namespace: string;
  readonly databaseFile: string | null;
  readonly searchAttributes: Readonly<Record<string, string>>;
}): string[] {
  const database = server.databaseFile === null ? [] : ['--db-filename', server.databaseFile];
  const attributes = Object.entries(server.searchAttributes).flatMap(([name, kind]) => ['--search-attribute', `${name}=${kind}`]);
  const behaviour = BEHAVIOUR.flatMap((value) => ['--dynamic-config-value', value]);
  const place = ['--ip', '127.0.0.1', '--port', String(server.port), '--namespace', server.namespace];
  return ['server', 'start-dev', '--headless', '--log-level', 'warn', ...place, ...behaviour, ...database, ...attributes];
}

function launch({
  binary,
  parameters,
  logFile,
}: {
  readonly binary: string;
  readonly parameters: readonly string[];
  readonly logFile: string | undefined;
}): ChildProcess {
  const log = logFile === undefined ? 'ignore' : openSync(logFile, 'a', 0o600);
  // In a group of its own: a Ctrl-C reaches the whole foreground group, and the server must outlive the workers that drain.
  const child = spawn(binary, parameters, { detached: true, stdio: ['ignore', log, log] });
  if (typeof log === 'number') closeSync(log);
  return child;
}

/** @throws Error when the binary can't be executed */
async function launched(child: ChildProcess, binary: string): Promise<{ readonly pid: number }> {
  if (child.pid === undefined) {
    const [cause] = await once(child, 'error');
    throw new Error(`The Temporal CLI ${binary} can't be started.`, { cause });
  }
  return { pid: child.pid };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOPS_WITHIN);
  await ended;
  clearTimeout(timer);
}

/** The server picks further ports by itself, and may lose that race against another program: then it is started anew, with others. */
const STARTS = 3;

/** @throws Error when the binary can't be started, ends at once, or is not healthy within a minute */
export async function startDevServer(options: DevServerOptions): Promise<DevServer> {
  for (let start = 1; ; start += 1) {
    try {
      return await startOnce(options);
    } catch (error) {
      if (start === STARTS) throw error;
    }
  }
}

async function startOnce(options: DevServerOptions): Promise<DevServer> {
  const { binary, namespace = 'default', searchAttributes = {}, logFile } = options;
  const databaseFile = options.databaseFile === null ? null : resolve(options.databaseFile);
  if (databaseFile !== null) mkdirSync(dirname(databaseFile), { recursive: true });
  const endedOrphan = databaseFile !== null && (await endOrphan(databaseFile));
  const port = options.port || (await freePort());
  const address = `127.0.0.1:${port}`;
  const child = launch({ binary, parameters: parametersOf({ port, namespace, databaseFile, searchAttributes }), logFile });
  // A parent that ends without stopping takes the server along; only a kill leaves it behind.
  const leave = (): void => void child.kill('SIGTERM');
  process.once('exit', leave);
  const stop = async (): Promise<void> => {
    await end(child);
    process.off('exit', leave);
    if (databaseFile !== null) forgetServer(databaseFile);
  };
  try {
    const { pid } = await launched(child, binary);
    if (databaseFile !== null) rememberServer({ databaseFile, pid });
    await whenHealthy({ child, address, namespace, logFile });
    return { address, namespace, pid, endedOrphan, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
