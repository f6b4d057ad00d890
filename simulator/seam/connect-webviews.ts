/** /connect_webviews: pages on which the owner of locks signs in to their account. Here the page leads nowhere. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { notFound } from './errors.ts';
import { page } from './page.ts';
import { id, list, pageParameters, text } from './parameters.ts';
import type { ConnectWebview } from './records.ts';
import { type Routes, route } from './route.ts';
import { born, type Workspace } from './workspace.ts';

const show = (workspace: Workspace, webview: ConnectWebview): object => ({
  ...born(workspace, webview.createdAt),
  connect_webview_id: webview.id,
  url: `https://connect.getseam.com/connect_webviews/view?connect_webview_id=${webview.id}`,
  ...(webview.customerKey === null ? {} : { customer_key: webview.customerKey }),
  status: 'pending',
  login_successful: false,
  authorized_at: null,
  connected_account_id: null,
  selected_provider: null,
  accepted_capabilities: ['lock'],
  accepted_devices: [],
  accepted_providers: [],
  any_device_allowed: true,
  any_provider_allowed: true,
  automatically_manage_new_devices: true,
  wait_for_device_creation: false,
  custom_metadata: {},
  custom_redirect_url: null,
  custom_redirect_failure_url: null,
  device_selection_mode: 'none',
});

const newWebview = z.object({
  provider_category: text.optional(),
  accepted_providers: list(text).optional(),
  customer_key: text.optional(),
  custom_redirect_url: z.url().optional(),
});

export function connectWebviewRoutes(workspace: Workspace): Routes {
  const { connectWebviews } = workspace.state;
  return {
    '/connect_webviews/create': route('POST', newWebview, (given) => {
      const webview: ConnectWebview = {
        seq: workspace.next(),
        id: randomUUID(),
        createdAt: Date.now(),
        customerKey: given.customer_key ?? null,
        category: given.provider_category ?? null,
      };
      connectWebviews.set(webview.id, webview);
      return { connect_webview: show(workspace, webview) };
    }),
    '/connect_webviews/get': route('GET', z.object({ connect_webview_id: id }), ({ connect_webview_id }) => {
      const webview = connectWebviews.get(connect_webview_id);
      if (webview === undefined) throw notFound('connect_webview');
      return { connect_webview: show(workspace, webview) };
    }),
    '/connect_webviews/list': route('GET', z.object(pageParameters), (query) => {
      const found = page([...connectWebviews.values()], query);
      return { connect_webviews: found.records.map((webview) => show(workspace, webview)), pagination: found.pagination };
    }),
  };
}
