import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { SeamWebhook } from '@seamapi/webhook';
import { wrongWithEvent } from '../contract/seam-contract.ts';
import { openSeamWorkspace, type SeamWorkspace, WEBHOOK_SECRET } from '../support/seam-workspace.ts';
import { until } from '../support/until.ts';

interface Received {
  readonly id: string;
  readonly event: ReturnType<SeamWebhook['verify']>;
}

/** An endpoint that verifies what it gets by Seam's own library and answers with the statuses given, then 204. */
async function listen(...statuses: number[]) {
  const received: Received[] = [];
  const webhook = new SeamWebhook(WEBHOOK_SECRET);
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
      received.push({ id: headers['svix-id'] ?? '', event: webhook.verify(Buffer.concat(chunks).toString(), headers) });
      response.writeHead(statuses.shift() ?? 204).end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A TCP server's address is an object; only pipes have text.
  const { port } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return { url: `http://127.0.0.1:${port}/hook`, received, [Symbol.asyncDispose]: close };
}

const createGrant = async ({ seam }: SeamWorkspace) => {
  const [door] = await seam.acs.entrances.list();
  return seam.accessGrants.create({
    user_identity: {},
    acs_entrance_ids: [door?.acs_entrance_id ?? ''],
    requested_access_methods: [{ mode: 'code' }],
  });
};

test('events arrive signed as Seam signs them, and a refused one comes again under the same id', async () => {
  await using endpoint = await listen(503);
  await using workspace = await openSeamWorkspace({ webhookUrl: endpoint.url });
  const { access_grant_id } = await createGrant(workspace);
  await until('five events and one repetition', () => endpoint.received.length === 6);
  assert.equal(new Set(endpoint.received.map(({ id }) => id)).size, 5);
  for (const { event } of endpoint.received) assert.deepEqual(wrongWithEvent(event), []);
  const logged = await workspace.seam.events.list({ since: new Date(0).toISOString(), access_grant_ids: [access_grant_id] });
  assert.deepEqual(new Set(endpoint.received.map(({ event }) => event.event_id)), new Set(logged.map((event) => event.event_id)));
});

test('webhooks can be dropped and doubled; the log has each event once all the same', async () => {
  await using endpoint = await listen();
  await using workspace = await openSeamWorkspace({ webhookUrl: endpoint.url, settings: { dropWebhooks: true } });
  await createGrant(workspace);
  const count = async () => (await workspace.seam.events.list({ since: new Date(0).toISOString() })).length;
  await until('five events', async () => (await count()) === 5);
  assert.equal(endpoint.received.length, 0);
  workspace.simulator.knobs.set({ dropWebhooks: false, webhookCopies: 2, shuffleWebhooksMs: 5 });
  await createGrant(workspace);
  await until('five more, twice each', () => endpoint.received.length === 10);
  assert.equal(await count(), 10);
  assert.equal(new Set(endpoint.received.map(({ id }) => id)).size, 5);
});
