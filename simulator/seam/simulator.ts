/**
 * A Seam workspace on this machine: the API, its webhooks and its slow doors, for `npm start` without an account and for
 * tests. It knows nothing of who calls it. Listens on loopback only.
 */
import type { Server } from 'node:net';
import { Loopback } from '../loopback.ts';
import { accessCodeRoutes } from './access-code-routes.ts';
import { acsCredentialRoutes } from './acs-credential-routes.ts';
import { acsGroupRoutes } from './acs-groups.ts';
import { acsUserRoutes } from './acs-user-routes.ts';
import { actionAttemptRoutes } from './action-attempts.ts';
import { scanRoutes } from './card-scans.ts';
import { clientSessionRoutes } from './client-sessions.ts';
import { connectWebviewRoutes } from './connect-webviews.ts';
import { Deliveries, type Target } from './deliveries.ts';
import { deviceRoutes } from './devices.ts';
import { entranceRoutes } from './entrances.ts';
import type { Estate } from './estate.ts';
import { eventRoutes } from './events.ts';
import { Faults } from './faults.ts';
import { grantRoutes } from './grants.ts';
import { createApi } from './http.ts';
import { identityRoutes } from './identities.ts';
import { instantKeyRoutes } from './instant-keys.ts';
import { handleJob } from './job-handlers.ts';
import { Jobs } from './jobs.ts';
import { createKnobs, type Knobs, knobRoutes } from './knobs.ts';
import { methodRoutes } from './method-routes.ts';
import type { SeamEvent } from './records.ts';
import { relatedRoutes } from './related.ts';
import type { Routes } from './route.ts';
import { defaultSettings, type Settings } from './settings.ts';
import { keepSnapshot, loadState } from './snapshot-file.ts';
import { spaceRoutes } from './spaces.ts';
import { systemRoutes } from './systems.ts';
import { webhookRoutes } from './webhooks.ts';
import { createWorkspace, type Workspace } from './workspace.ts';

export interface SeamSimulatorOptions {
  readonly apiKey: string;
  /** `whsec_` and base64: signs what goes to `webhookUrl`. */
  readonly webhookSecret: string;
  readonly webhookUrl?: string;
  /** Where the state is kept; without it, it is gone at the end. */
  readonly file?: string;
  /** 0, the default: any free one. */
  readonly port?: number;
  readonly estate: Estate;
  readonly settings?: Partial<Settings>;
}

export interface SeamSimulator {
  readonly url: string;
  readonly knobs: Knobs;
  /** Where events go from now on, besides the webhooks that were made through the API; null: nowhere. */
  setWebhookUrl(url: string | null): void;
  stop(): Promise<void>;
}

function routesOf(workspace: Workspace): Routes {
  return {
    ...identityRoutes(workspace),
    ...grantRoutes(workspace),
    ...methodRoutes(workspace),
    ...relatedRoutes(workspace),
    ...entranceRoutes(workspace),
    ...systemRoutes(workspace),
    ...deviceRoutes(workspace),
    ...spaceRoutes(workspace),
    ...eventRoutes(workspace),
    ...webhookRoutes(workspace),
    ...clientSessionRoutes(workspace),
    ...instantKeyRoutes(workspace),
    ...actionAttemptRoutes(workspace),
    ...scanRoutes(workspace),
    ...acsUserRoutes(workspace),
    ...acsGroupRoutes(workspace),
    ...acsCredentialRoutes(workspace),
    ...accessCodeRoutes(workspace),
    ...connectWebviewRoutes(workspace),
  };
}

/** @throws Error when `file` can't be read or the port is taken */
export async function createSeamSimulator(options: SeamSimulatorOptions): Promise<SeamSimulator> {
  const state = loadState(options.file ?? null);
  const snapshots = keepSnapshot(state, options.file ?? null);
  const settings = { ...defaultSettings(), ...options.settings };
  let webhookUrl = options.webhookUrl ?? null;
  const own = (): readonly Target[] => (webhookUrl === null ? [] : [{ url: webhookUrl, secret: options.webhookSecret, eventTypes: ['*'] }]);
  const deliveries = new Deliveries({ settings, targets: () => [...own(), ...state.webhooks.values()] });
  const jobs = new Jobs(state.jobs, (job) => {
    handleJob(workspace, job);
    snapshots.changed();
  });
  const deliver = (event: SeamEvent): void => {
    deliveries.send(event);
    snapshots.changed();
  };
  const workspace = createWorkspace({
    state,
    estate: structuredClone(options.estate),
    settings,
    deliver,
    schedule: (job) => jobs.schedule(job),
  });
  const faults = new Faults();
  const knobs = createKnobs({ workspace, faults });
  const routes = { ...routesOf(workspace), ...knobRoutes({ knobs, faults }) };
  const create = (): Server => createApi({ apiKey: options.apiKey, routes, faults, settings, changed: snapshots.changed });
  const loopback = new Loopback({ create, port: options.port ?? 0 });
  await loopback.up();
  jobs.start();
  return {
    url: `http://127.0.0.1:${loopback.port}`,
    knobs,
    setWebhookUrl: (url) => {
      webhookUrl = url;
    },
    stop: async () => {
      jobs.stop();
      deliveries.stop();
      await loopback.down();
      snapshots.close();
    },
  };
}
