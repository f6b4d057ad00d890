/** The `messages` section of a property. */
import { isSupportedCountry } from 'libphonenumber-js';
import { z } from 'zod';
import { durationText } from './duration.ts';
import { address, mailbox } from './mailbox.ts';
import { distinct, line, section, timeOfDay } from './schema-parts.ts';

const country = z
  .string()
  .regex(/^[A-Z]{2}$/, 'expected an ISO 3166 code of two capital letters, such as PT')
  .refine(
    (code) => !/^[A-Z]{2}$/.test(code) || isSupportedCountry(code),
    'expected an ISO 3166 code of a country with phones; the United Kingdom is GB',
  );

const quietHours = section({ from: timeOfDay, to: timeOfDay }).refine(
  ({ from, to }) => from !== to,
  'expected two different times; null means no quiet hours',
);

const deskHours = section({ from: timeOfDay, to: timeOfDay }).refine(
  ({ from, to }) => from !== to,
  'expected two different times; left out, no hours are told',
);

export const messagesShape = {
  channels: distinct(z.enum(['email', 'sms']))
    .min(1, 'expected at least one channel')
    .default(['email', 'sms'])
    .describe('In order of preference; all are used'),
  content: z.enum(['code', 'pass']).default('code').describe("Digits in the message, or only the link to the guest's page"),
  revealBefore: durationText.default('PT24H').describe('A credential is sent no earlier than this before access starts'),
  quietHours: quietHours.nullable().default({ from: '21:00', to: '08:00' }).describe('SMS only, property time; null: none'),
  contactChange: z.enum(['confirm', 'send']).default('confirm').describe('What a contact that changed after telling gets'),
  smsCountries: distinct(country).default([]).describe('ISO 3166 codes; empty: any'),
  from: mailbox.optional().describe('Default: MAIL_FROM'),
  replyTo: address.optional().describe('Default: staff.email'),
  deskHours: deskHours.optional().describe('Property time; told to a guest whose key is at the desk. Default: none are told'),
  helpLine: line(80).optional().describe('Default: staff.phone'),
};
