/** /webhooks: who hears of events besides the endpoint that the simulator was started with. */
import { randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { notFound } from './errors.ts';
import { list, text } from './parameters.ts';
import type { Webhook } from './records.ts';
import { type Routes, route } from './route.ts';
import type { Workspace } from './workspace.ts';

const show = (webhook: Webhook): object => ({
  webhook_id: webhook.id,
  url: webhook.url,
  event_types: webhook.eventTypes,
  secret: webhook.secret,
});

export function webhookRoutes(workspace: Workspace): Routes {
  const { webhooks } = workspace.state;
  const byId = z.object({ webhook_id: text });
  return {
    '/webhooks/create': route('POST', z.object({ url: z.url(), event_types: list(text).default(['*']) }), (given) => {
      const webhook: Webhook = {
        seq: workspace.next(),
        id: randomUUID(),
        url: given.url,
        eventTypes: given.event_types,
        secret: `whsec_${randomBytes(24).toString('base64')}`,
      };
      webhooks.set(webhook.id, webhook);
      return { webhook: show(webhook) };
    }),
    '/webhooks/list': route('GET', z.object({}), () => ({ webhooks: [...webhooks.values()].map(show) })),
    '/webhooks/get': route('GET', byId, ({ webhook_id }) => {
      const webhook = webhooks.get(webhook_id);
      if (webhook === undefined) throw notFound('webhook');
      return { webhook: show(webhook) };
    }),
    '/webhooks/delete': route('DELETE', byId, ({ webhook_id }) => {
      if (!webhooks.delete(webhook_id)) throw notFound('webhook');
      return {};
    }),
  };
}
