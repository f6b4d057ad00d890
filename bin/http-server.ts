/** Opens the HTTP server over one deployment: listening when this answers, closed before its connection to Temporal. */
import type { Client } from '@temporalio/client';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { createHouses } from '../activities/adapters/houses.ts';
import { createBrakes } from '../client/brakes.ts';
import { credentialSecrets } from '../client/credential-secret.ts';
import { doorGrants } from '../client/door-grants.ts';
import { grantKeys, holdersOfCode } from '../client/grant-keys.ts';
import type { ReadMailbox } from '../client/http/mailbox-route.ts';
import { createServer } from '../client/http/server.ts';
import { unownedAtLastSweep } from '../client/last-sweep.ts';
import { localUrl } from '../client/local-url.ts';
import { mobileSessions } from '../client/mobile-session.ts';
import { type OutsideServices, probes } from '../client/probes.ts';
import { createReadiness, type Readiness } from '../client/readiness.ts';
import { createReservations } from '../client/reservations.ts';
import { withSpaceStays } from '../client/space-stays.ts';
import type { ApiToken } from '../config/api-tokens.ts';
import { type Configuration, providersOf } from '../config/configuration.ts';
import type { EncryptionKey } from '../config/encryption-keys.ts';
import type { EngineSettings } from '../config/engine-variables.ts';
import type { Logger } from '../config/log.ts';
import { createPassTokens } from '../config/pass-token.ts';
import { createTokenCheck } from '../config/tokens.ts';
import type { Lifetime } from './lifetime.ts';
import { version } from './version.ts';

interface Opening {
  readonly lifetime: Lifetime;
  readonly log: Logger;
  readonly client: Client;
  readonly engine: EngineSettings;
  readonly configuration: Configuration;
  readonly tokens: readonly ApiToken[];
  readonly encryptionKeys: readonly EncryptionKey[];
  readonly outside: OutsideServices;
  /** null: no stand-in runs. */
  readonly mailbox: ReadMailbox;
}

export interface HttpServer {
  /** As this machine reaches it, without a slash at its end. */
  readonly url: string;
  readonly readiness: () => Promise<Readiness>;
}

/** @throws Error where the address cannot be listened on */
export async function openHttpServer({
  lifetime,
  log,
  client,
  engine,
  configuration,
  tokens,
  encryptionKeys,
  outside,
  mailbox,
}: Opening): Promise<HttpServer> {
  const { taskQueue, deployment, publicUrl, trustProxy } = engine;
  const { seam, sms } = outside;
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const readiness = createReadiness({ client, taskQueue, probes: probes(outside) });
  const url = localUrl(engine);
  const doors = createHouses({ ...seam, providers: providersOf(configuration) });
  const house = withSpaceStays({ house: doors, seam, context: { client, deployment, configuration } });
  const server = await createServer({
    reservations: createReservations({
      client,
      taskQueue,
      deployment,
      configuration,
      grantKeyOf: grantKeys(seam),
      grantsAt: doorGrants(house),
      holdersOfCode: holdersOfCode(seam),
    }),
    brakes: createBrakes({ client, taskQueue, deployment, configuration }),
    reveal: credentialSecrets(seam),
    mobileSession: mobileSessions(seam),
    configuration,
    tokens: createTokenCheck(tokens),
    passTokens: createPassTokens({ keys: encryptionKeys, deployment }),
    log,
    registry,
    unownedGrants: () => unownedAtLastSweep({ client, deployment }),
    readiness,
    seamWebhookSecrets: seam.webhookSecrets,
    twilioAuthToken: sms?.authToken ?? null,
    publicUrl: publicUrl ?? url,
    trustProxy,
    mailbox,
    version,
  });
  await server.listen({ host: engine.host, port: engine.port });
  lifetime.onEnd('HTTP server', () => server.close());
  log.info({ url }, 'HTTP server listens');
  return { url, readiness };
}
