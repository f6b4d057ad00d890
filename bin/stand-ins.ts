/** What plays the outside services that are not configured: on loopback, over the services' own protocols, kept in the data folder. */
import { join } from 'node:path';
import type { ReadMailbox } from '../client/http/mailbox-route.ts';
import type { OutsideServices } from '../client/probes.ts';
import type { Environment } from '../config/environment.ts';
import type { Ports } from '../config/local-ports.ts';
import type { MailSettings, SeamSettings, SmsSettings } from '../config/outside-services.ts';
import type { LocalSecrets } from '../config/secrets.ts';
import { EXAMPLE_ESTATE } from '../simulator/example-estate.ts';
import { createMailbox, type Mailbox } from '../simulator/mailbox.ts';
import { createPhone, type Phone } from '../simulator/phone.ts';
import { createSeamSimulator } from '../simulator/seam/simulator.ts';
import type { Lifetime } from './lifetime.ts';

interface Opening {
  readonly lifetime: Lifetime;
  readonly environment: Pick<Environment, 'engine' | 'seam' | 'mail' | 'sms'>;
  readonly secrets: LocalSecrets;
  readonly ports: Ports;
  /** Our HTTP server, which the Seam simulator tells its events. */
  readonly serverUrl: string;
}

export interface Outside extends OutsideServices {
  readonly mail: MailSettings;
  readonly sms: SmsSettings;
  /** What the mailbox and the phone received; null where both services are real. */
  readonly mailbox: ReadMailbox;
}

/** Every outside service, real where it is configured. */
export async function openOutside(opening: Opening): Promise<Outside> {
  const { seam, mail, sms } = opening.environment;
  const mailbox = mail === null ? await openMailbox(opening) : null;
  const phone = sms === null ? await openPhone(opening) : null;
  const received = [mailbox, phone].filter((standIn) => standIn !== null);
  return {
    seam: seam ?? (await openSeam(opening)),
    mail: mail ?? { smtpUrl: mailbox?.url ?? '', from: 'Latchkey <latchkey@localhost.example>' },
    sms: sms ?? { ...opening.secrets.sms, sender: { from: '+15005550006' }, apiUrl: phone?.url ?? null },
    standIns: [
      ...(seam === null ? ['seam' as const] : []),
      ...(mailbox === null ? [] : ['mail' as const]),
      ...(phone === null ? [] : ['sms' as const]),
    ],
    mailbox: received.length === 0 ? null : () => received.flatMap((standIn) => standIn.messages()),
  };
}

async function openSeam({ lifetime, environment, secrets, ports, serverUrl }: Opening): Promise<SeamSettings> {
  const { apiKey, webhookSecret } = secrets.seam;
  const simulator = await createSeamSimulator({
    apiKey,
    webhookSecret,
    webhookUrl: `${serverUrl}/webhooks/seam`,
    file: join(environment.engine.dataDir, 'seam.json'),
    port: ports.seam,
    estate: EXAMPLE_ESTATE,
  });
  lifetime.onEnd('Seam simulator', () => simulator.stop());
  return { apiKey, webhookSecrets: [webhookSecret], endpoint: simulator.url };
}

async function openMailbox({ lifetime, environment, ports }: Opening): Promise<Mailbox> {
  const mailbox = await createMailbox({ port: ports.mail, file: join(environment.engine.dataDir, 'mailbox.jsonl') });
  lifetime.onEnd('mailbox', () => mailbox.stop());
  return mailbox;
}

async function openPhone({ lifetime, environment, secrets, ports }: Opening): Promise<Phone> {
  const phone = await createPhone({ ...secrets.sms, port: ports.sms, file: join(environment.engine.dataDir, 'phone.jsonl') });
  lifetime.onEnd('phone', () => phone.stop());
  return phone;
}
