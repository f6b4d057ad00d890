/** The activities over the real clients. What answers them is the service itself or a stand-in that speaks its protocol. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { accessByProvider } from '../activities/access-by-provider.ts';
import { type Activities, createActivities } from '../activities/activities.ts';
import { createGrantLists } from '../activities/adapters/grant-lists.ts';
import { createHouses } from '../activities/adapters/houses.ts';
import { createMailAdapter } from '../activities/adapters/mail.ts';
import { createSeamAdapter } from '../activities/adapters/seam/adapter.ts';
import { createSeamErrands } from '../activities/adapters/seam/errands.ts';
import { createEventLog } from '../activities/adapters/seam/event-log.ts';
import { createSeamIdentities } from '../activities/adapters/seam/identity.ts';
import { createAcsAdapter } from '../activities/adapters/seam-acs/adapter.ts';
import { createCodesAdapter } from '../activities/adapters/seam-codes/adapter.ts';
import { createSmsAdapter } from '../activities/adapters/sms.ts';
import { createSmsRemoval } from '../activities/adapters/sms-removal.ts';
import { createCodeChoice } from '../activities/code-choice.ts';
import type { SentSmsPort } from '../activities/erasure-ports.ts';
import { failure } from '../activities/failures.ts';
import { createFingerprints } from '../activities/fingerprint.ts';
import type { MailPort, SmsPort } from '../activities/ports.ts';
import { createPropertyLimit } from '../activities/property-limit.ts';
import { attentionOf, widestAttention } from '../client/attention.ts';
import { createConfigurationFollower } from '../client/configuration-follower.ts';
import { doorGrants } from '../client/door-grants.ts';
import { createDueErasures } from '../client/erasures.ts';
import { grantKeys, holdersOfCode } from '../client/grant-keys.ts';
import { createHistories } from '../client/histories.ts';
import { createNeighbours } from '../client/neighbours.ts';
import { createReservations } from '../client/reservations.ts';
import { withSpaceStays } from '../client/space-stays.ts';
import { createStandings } from '../client/standings.ts';
import { createStays } from '../client/stays.ts';
import { createSweepBrake } from '../client/sweep-brake.ts';
import { createUnownedGrants } from '../client/unowned-grants.ts';
import { createAudit } from '../config/audit-log.ts';
import { acsSystemsOf, type Configuration, providersOf } from '../config/configuration.ts';
import type { EncryptionKey } from '../config/encryption-keys.ts';
import type { Logger } from '../config/log.ts';
import type { MailSettings, SeamSettings, SmsSettings } from '../config/outside-services.ts';
import { caughtUpTypes } from '../workflows/domain/catch-up-plan.ts';
import { passAddress } from './pass-address.ts';
import { receiptAddress } from './receipt-address.ts';

export interface Services {
  readonly client: Client;
  /** Begins every workflow id and every grant key. */
  readonly deployment: string;
  readonly taskQueue: string;
  readonly configuration: Configuration;
  readonly seam: SeamSettings;
  /** null: no property uses the channel. */
  readonly mail: MailSettings | null;
  readonly sms: SmsSettings | null;
  readonly encryptionKeys: readonly EncryptionKey[];
  readonly publicUrl: string | null;
  /** Our server as this machine reaches it, without a slash at its end. */
  readonly localUrl: string;
}

export function activitiesOver({ log, ...services }: Services & { readonly log: Logger }): Activities {
  const { client, deployment, seam, mail, sms, encryptionKeys, publicUrl, localUrl } = services;
  const { configuration } = services;
  const providers = providersOf(configuration);
  const house = withSpaceStays({ house: createHouses({ ...seam, providers }), seam, context: services });
  const asked = { grantKeyOf: grantKeys(seam), grantsAt: doorGrants(house), holdersOfCode: holdersOfCode(seam) };
  const reservations = createReservations({ ...services, ...asked });
  const standings = createStandings({ client, deployment });
  const grantList = createGrantLists({ ...seam, providers, systems: acsSystemsOf(configuration) });
  const keys = encryptionKeys.map(({ id, key }) => ({ id, key: Buffer.from(key) }));
  const fingerprints = createFingerprints(keys);
  const toSeam = { apiKey: seam.apiKey, endpoint: seam.endpoint, fingerprints, codes: createCodeChoice(keys) };
  return createActivities({
    deployment,
    neighbours: createNeighbours({ client }),
    eventLog: createEventLog({ ...seam, types: caughtUpTypes(providers) }),
    grantList,
    unowned: createUnownedGrants({ context: services, grantList }),
    house,
    widestAttention: widestAttention(configuration),
    attentionBefore: attentionOf(configuration),
    standings,
    stays: createStays({ client, reservations }),
    brake: createSweepBrake({ context: services, standings }),
    configuration: createConfigurationFollower(services),
    now: Date.now,
    access: accessByProvider({
      grants: createSeamAdapter(toSeam),
      lowLevel: { acs: createAcsAdapter(toSeam), access_codes: createCodesAdapter(toSeam) },
    }),
    errands: createSeamErrands(seam),
    pause: (ms, signal) => sleep(ms, undefined, { signal }),
    mail: mail === null ? noMail : createMailAdapter(mail),
    sms: sms === null ? noSms : createSmsAdapter(sms),
    histories: createHistories(services),
    identities: createSeamIdentities(seam),
    sentSms: sms === null ? keptSms : createSmsRemoval(sms),
    audit: createAudit(log),
    dueErasures: createDueErasures({ context: services, eraseAfter: configuration.privacy.eraseAfter }),
    propertyLimit: createPropertyLimit({ now: Date.now }),
    mailDomain: domainOf(mail?.from ?? ''),
    passUrl: passAddress({ encryptionKeys, deployment, publicUrl: publicUrl ?? localUrl }),
    statusCallback: receiptAddress({ apiUrl: sms?.apiUrl ?? null, publicUrl, localUrl }),
  });
}

/** A message on a channel without a service is refused for good: the next channel is used, and a person is told. */
const noMail: MailPort = { send: () => Promise.reject(failure({ type: 'MailRefused', code: 'not_configured' })) };
const noSms: SmsPort = { send: () => Promise.reject(failure({ type: 'SmsRefused', code: 'not_configured' })) };

/** What a service keeps that is configured no longer, nobody here can remove. */
const keptSms: SentSmsPort = { remove: () => Promise.resolve(false) };

/** Of `stay@harbour.example` and `Harbour House <stay@harbour.example>` alike. */
const domainOf = (mailbox: string): string => /@([^@\s>]+)>?\s*$/.exec(mailbox)?.[1] ?? 'latchkey.invalid';
