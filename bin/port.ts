/** Ports, settled before anything listens: what is started first has to know where the rest will be. */
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { Refused } from '../client/cli/failure.ts';

interface Place {
  readonly host: string;
  readonly port: number;
}

/**
 * Below the range from which systems give ports to outgoing connections: what is free when it is chosen is still free when it is listened
 * on, however busy the machine is.
 */
const CHOICE = { from: 10_000, to: 32_000 } as const;
const TRIES = 100;

/** The port itself. null: it is taken. @throws Error where the host is no address of this machine */
async function free({ host, port }: Place): Promise<number | null> {
  const probe = createServer().listen(port, host);
  try {
    await once(probe, 'listening');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return null;
    throw error;
  }
  // A TCP server's address is an object; only pipes have text.
  const found = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return found.port;
}

async function anyFree(host: string): Promise<number | null> {
  for (let i = 0; i < TRIES; i += 1) {
    const port = await free({ host, port: randomInt(CHOICE.from, CHOICE.to) });
    if (port !== null) return port;
  }
  return null;
}

/** The port itself; for 0, one that is free. @throws Refused where another program has it */
export async function settlePort(place: Place): Promise<number> {
  const port = await (place.port === 0 ? anyFree(place.host) : free(place));
  if (port === null)
    throw new Refused(
      `Port ${place.port} of ${place.host} is taken, perhaps by another Latchkey. End that program, or set LATCHKEY_PORT to another port.`,
    );
  return port;
}

/** The port of last time where it is free, so that links that were shown go on working; else another. */
export const keepPort = async (last: number): Promise<number> =>
  (last === 0 ? null : await free({ host: '127.0.0.1', port: last })) ?? (await settlePort({ host: '127.0.0.1', port: 0 }));
