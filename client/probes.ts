/** Whether the outside services answer, asked as cheaply as each of them can be asked. */
import { createTransport } from 'nodemailer';
import { z } from 'zod';
import { connectToSeam } from '../activities/adapters/seam/calls.ts';
import type { MailSettings, SeamSettings, SmsSettings } from '../config/outside-services.ts';
import type { Probe } from './readiness.ts';
import { DEADLINE_MS } from './reservations/temporal-calls.ts';

export interface OutsideServices {
  readonly seam: SeamSettings;
  /** null: no property uses the channel. */
  readonly mail: MailSettings | null;
  readonly sms: SmsSettings | null;
  /** Those that a stand-in plays. */
  readonly standIns: readonly ('seam' | 'mail' | 'sms')[];
}

/** Each throws where its service does not answer, or refuses our credentials. */
export function probes({ seam, mail, sms, standIns }: OutsideServices): Readonly<Record<'seam' | 'mail' | 'sms', Probe>> {
  const standIn: Probe = () => Promise.resolve('standin');
  return {
    seam: standIns.includes('seam') ? standIn : seamAnswers(seam),
    // A channel that nobody uses is as well as it has to be.
    mail: standIns.includes('mail') ? standIn : mail === null ? () => Promise.resolve('ok') : mailAnswers(mail),
    sms: standIns.includes('sms') ? standIn : sms === null ? () => Promise.resolve('ok') : smsAnswers(sms),
  };
}

function seamAnswers({ apiKey, endpoint }: SeamSettings): Probe {
  const connect = connectToSeam({ apiKey, endpoint });
  return async () => {
    await connect(AbortSignal.timeout(DEADLINE_MS.probe)).read({ answer: z.unknown(), send: (seam) => seam.workspaces.get() });
    return 'ok';
  };
}

/** Connects, and logs in where there is something to log in with. */
function mailAnswers({ smtpUrl }: MailSettings): Probe {
  const transport = createTransport({ url: smtpUrl, connectionTimeout: DEADLINE_MS.probe, greetingTimeout: DEADLINE_MS.probe });
  return async () => {
    await transport.verify();
    return 'ok';
  };
}

const TWILIO = 'https://api.twilio.com';

/** Reads the account (Twilio API, "Fetch an Account"). */
function smsAnswers({ accountSid, authToken, apiUrl }: SmsSettings): Probe {
  const url = `${apiUrl ?? TWILIO}/2010-04-01/Accounts/${accountSid}.json`;
  const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
  return async () => {
    const answer = await fetch(url, { headers: { authorization }, signal: AbortSignal.timeout(DEADLINE_MS.probe) });
    await answer.body?.cancel();
    return answer.ok ? 'ok' : 'down';
  };
}
