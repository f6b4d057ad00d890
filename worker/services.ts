/** The activities over the real clients. What answers them is the service itself or a stand-in that speaks its protocol. */

import type { Client } from '@temporalio/client';
import { type Activities, createActivities } from '../activities/activities.ts';
import { createMailAdapter } from '../activities/adapters/mail.ts';
import { createSeamAdapter } from '../activities/adapters/seam/adapter.ts';
import { createSmsAdapter } from '../activities/adapters/sms.ts';
import { failure } from '../activities/failures.ts';
import { createFingerprints } from '../activities/fingerprint.ts';
import type { MailPort, SmsPort } from '../activities/ports.ts';
import { createNeighbours } from '../client/neighbours.ts';
import type { EncryptionKey } from '../config/encryption-keys.ts';
import type { MailSettings, SeamSettings, SmsSettings } from '../config/outside-services.ts';
import { receiptAddress } from './receipt-address.ts';

export interface Services {
  readonly client: Client;
  readonly seam: SeamSettings;
  /** null: no property uses the channel. */
  readonly mail: MailSettings | null;
  readonly sms: SmsSettings | null;
  readonly encryptionKeys: readonly EncryptionKey[];
  readonly publicUrl: string | null;
  /** Our server as this machine reaches it, without a slash at its end. */
  readonly localUrl: string;
}

export function activitiesOver({ client, seam, mail, sms, encryptionKeys, publicUrl, localUrl }: Services): Activities {
  const fingerprints = createFingerprints(encryptionKeys.map(({ id, key }) => ({ id, key: Buffer.from(key) })));
  return createActivities({
    neighbours: createNeighbours({ client }),
    access: createSeamAdapter({ apiKey: seam.apiKey, endpoint: seam.endpoint, fingerprints }),
    mail: mail === null ? noMail : createMailAdapter(mail),
    sms: sms === null ? noSms : createSmsAdapter(sms),
    mailDomain: domainOf(mail?.from ?? ''),
    statusCallback: receiptAddress({ apiUrl: sms?.apiUrl ?? null, publicUrl, localUrl }),
  });
}

/** A message on a channel without a service is refused for good: the next channel is used, and a person is told. */
const noMail: MailPort = { send: () => Promise.reject(failure({ type: 'MailRefused', code: 'not_configured' })) };
const noSms: SmsPort = { send: () => Promise.reject(failure({ type: 'SmsRefused', code: 'not_configured' })) };

/** Of `stay@harbour.example` and `Harbour House <stay@harbour.example>` alike. */
const domainOf = (mailbox: string): string => /@([^@\s>]+)>?\s*$/.exec(mailbox)?.[1] ?? 'latchkey.invalid';
