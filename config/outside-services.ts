/** The variables of Seam, mail and SMS. Under `start` an unset group means a stand-in; elsewhere it is needed. */
import { z } from 'zod';
import { mailbox } from './mailbox.ts';
import { type Group, webAddress } from './variables.ts';

export interface SeamSettings {
  readonly apiKey: string;
  /** `whsec_…`; a webhook signed with any of them is genuine, so that a secret can be replaced without a gap. */
  readonly webhookSecrets: readonly string[];
  readonly endpoint: string;
}

export interface MailSettings {
  /** `smtp://` or `smtps://`, with user and password in it. */
  readonly smtpUrl: string;
  /** What stands in From, unless a property says otherwise. */
  readonly from: string;
}

export interface SmsSettings {
  readonly accountSid: string;
  readonly authToken: string;
  readonly sender: { readonly from: string } | { readonly messagingServiceSid: string };
  /** null: Twilio's own. */
  readonly apiUrl: string | null;
}

export const SEAM_ENDPOINT = 'https://connect.getseam.com';

/** A secret as Svix signs with it: base64 behind its prefix (Seam API, "Webhooks"). */
const WEBHOOK_SECRET = /^whsec_[A-Za-z0-9+/]{16,}={0,2}$/;

const webhookSecrets = z
  .string()
  .transform((text) => text.split(',').map((secret) => secret.trim()))
  .refine(
    (secrets) => secrets.every((secret) => WEBHOOK_SECRET.test(secret)),
    'expected whsec_… as Seam shows it for the webhook; several by comma',
  );

export const SEAM: Group<SeamSettings> = {
  title: 'Seam',
  required: [
    { names: ['SEAM_API_KEY'], remedy: 'Set it to an API key of your Seam workspace' },
    { names: ['SEAM_WEBHOOK_SECRET'], remedy: 'Set it to the secret that Seam shows for the webhook at /webhooks/seam' },
  ],
  optional: ['SEAM_ENDPOINT'],
  schema: z
    .object({ SEAM_API_KEY: z.string(), SEAM_WEBHOOK_SECRET: webhookSecrets, SEAM_ENDPOINT: webAddress.default(SEAM_ENDPOINT) })
    .transform((set) => ({ apiKey: set.SEAM_API_KEY, webhookSecrets: set.SEAM_WEBHOOK_SECRET, endpoint: set.SEAM_ENDPOINT })),
};

const isSmtpUrl = (text: string): boolean => {
  const url = URL.parse(text);
  return url !== null && /^smtps?:$/.test(url.protocol) && url.hostname !== '';
};

export const MAIL: Group<MailSettings> = {
  title: 'mail',
  required: [
    { names: ['SMTP_URL'], remedy: 'Set it to your mail server, such as smtps://user:password@mail.example.com' },
    { names: ['MAIL_FROM'], remedy: 'Set it to the sender, such as "Harbour House <stay@harbour.example>"' },
  ],
  optional: [],
  schema: z
    .object({
      SMTP_URL: z.string().refine(isSmtpUrl, 'expected smtp:// or smtps:// with a host; special characters of user and password %-encoded'),
      MAIL_FROM: mailbox,
    })
    .transform((set) => ({ smtpUrl: set.SMTP_URL, from: set.MAIL_FROM })),
};

/** A number, a short code, or a sender of letters (Twilio, "Sender IDs"). */
const SMS_SENDER = /^(\+[1-9]\d{6,14}|\d{5,6}|(?=.*[A-Za-z])[A-Za-z0-9 &+_-]{1,11})$/;

const smsSchema = z
  .object({
    TWILIO_ACCOUNT_SID: z.string().regex(/^AC[0-9a-f]{32}$/i, 'expected an Account SID: AC and 32 hexadecimal digits'),
    TWILIO_AUTH_TOKEN: z.string(),
    TWILIO_FROM: z
      .string()
      .regex(SMS_SENDER, 'expected a number such as +15005550006, a short code, or a sender of at most 11 letters')
      .optional(),
    TWILIO_MESSAGING_SERVICE_SID: z
      .string()
      .regex(/^MG[0-9a-f]{32}$/i, 'expected a Messaging Service SID: MG and 32 hexadecimal digits')
      .optional(),
    TWILIO_API_URL: webAddress.optional(),
  })
  .transform((set) => ({
    accountSid: set.TWILIO_ACCOUNT_SID,
    authToken: set.TWILIO_AUTH_TOKEN,
    sender: set.TWILIO_FROM === undefined ? { messagingServiceSid: set.TWILIO_MESSAGING_SERVICE_SID ?? '' } : { from: set.TWILIO_FROM },
    apiUrl: set.TWILIO_API_URL ?? null,
  }));

export const SMS: Group<SmsSettings> = {
  title: 'SMS',
  required: [
    { names: ['TWILIO_ACCOUNT_SID'], remedy: 'Set it to the Account SID of your Twilio console' },
    { names: ['TWILIO_AUTH_TOKEN'], remedy: 'Set it to the Auth Token of your Twilio console' },
    {
      names: ['TWILIO_FROM', 'TWILIO_MESSAGING_SERVICE_SID'],
      remedy: 'Set one of them, to the number or the Messaging Service that sends',
    },
  ],
  optional: ['TWILIO_API_URL'],
  schema: smsSchema,
};
