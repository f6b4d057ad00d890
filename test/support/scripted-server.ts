/** An HTTP server on loopback that answers each path by a script: for answers that no well-behaved service gives. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object goes as JSON, a text as it is. */
  readonly body?: object | string;
  /** The connection is cut instead. */
  readonly cut?: boolean;
  /** Nothing is answered at all. */
  readonly silent?: boolean;
}

export interface ScriptedServer {
  readonly url: string;
  /** `<verb> <path>` of each request so far, in order. */
  readonly calls: string[];
  /** The JSON bodies of the requests that had one. */
  readonly bodies: unknown[];
  /** What each path answers: the replies in turn, the last one for ever. Any other path is a 404 of Seam's kind. */
  script(replies: Readonly<Record<string, readonly Reply[]>>): void;
  stop(): Promise<void>;
}

const UNKNOWN: Reply = { status: 404, body: { error: { type: 'thing_not_found', message: 'not found' }, ok: false } };

function answer(response: ServerResponse, { status = 200, headers = {}, body = '', cut = false, silent = false }: Reply): void {
  if (silent) return;
  if (cut) {
    response.socket?.destroy();
    return;
  }
  const isText = typeof body === 'string';
  response.writeHead(status, { 'content-type': isText ? 'text/html' : 'application/json', ...headers });
  response.end(isText ? body : JSON.stringify(body));
}

export async function startScriptedServer(): Promise<ScriptedServer> {
  const scripts = new Map<string, Reply[]>();
  const calls: string[] = [];
  const bodies: unknown[] = [];
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname } = new URL(request.url ?? '/', 'http://server');
    calls.push(`${request.method} ${pathname}`);
    const chunks: string[] = await request.setEncoding('utf8').toArray();
    if (chunks.length > 0) bodies.push(JSON.parse(chunks.join('')));
    const replies = scripts.get(pathname) ?? [];
    answer(response, (replies.length > 1 ? replies.shift() : replies[0]) ?? UNKNOWN);
  };
  const server = createServer((request, response) => void take(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A TCP server's address is an object; only pipes have text.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    bodies,
    script(replies) {
      scripts.clear();
      calls.length = 0;
      bodies.length = 0;
      for (const [path, list] of Object.entries(replies)) scripts.set(path, [...list]);
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
