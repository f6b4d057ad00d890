/** A server on loopback that can be switched off and on again at the same port, with every connection to it. */
import { once } from 'node:events';
import type { AddressInfo, Server, Socket } from 'node:net';

export class Loopback {
  readonly #create: () => Server;
  /** By the client's port. */
  readonly #sockets = new Map<number, Socket>();
  #server: Server | null = null;
  #port: number;

  /** `port` 0: any free one, and that one from then on. */
  constructor({ create, port }: { readonly create: () => Server; readonly port: number }) {
    this.#create = create;
    this.#port = port;
  }

  get port(): number {
    return this.#port;
  }

  /** @throws Error when the port is taken */
  async up(): Promise<void> {
    if (this.#server !== null) return;
    const server = this.#create();
    this.#server = server;
    server.on('connection', (socket: Socket) => {
      const port = socket.remotePort ?? 0;
      this.#sockets.set(port, socket);
      socket.once('close', () => this.#sockets.delete(port));
    });
    server.listen(this.#port, '127.0.0.1');
    await once(server, 'listening');
    // A TCP server's address is an object; only pipes have text.
    this.#port = (server.address() as AddressInfo).port;
  }

  async down(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (server === null) return;
    server.close();
    for (const socket of this.#sockets.values()) socket.destroy();
    await once(server, 'close');
  }

  /** Breaks the one connection from this port of the client. */
  cut(remotePort: number): void {
    this.#sockets.get(remotePort)?.destroy();
  }
}
