/** SMS by Twilio's Messages API. Twilio has no idempotency key: a message whose fate is unknown is looked up before it goes again. */
import type twilio from 'twilio';
import { failure } from '../failures.ts';
import type { SmsMessage, SmsPort } from '../ports.ts';
import { smsFailure } from './sms-failure.ts';
import { type TwilioAccount, twilioClient } from './twilio-client.ts';

/** How far Twilio's clock may lag behind ours, in milliseconds; its dates are whole seconds. */
const CLOCK_SKEW = 5_000;
/** Newest first, and far more than one number gets while one message is tried. */
const LOOK_UP = 50;

interface SmsSettings extends TwilioAccount {
  /** One of the two, as Twilio takes them. */
  readonly sender: { readonly from: string } | { readonly messagingServiceSid: string };
}

/**
 * Fails with `SmsUnavailable` (not reached, 429, 5xx: try again), `SmsUnanswered` (it may have been taken), `SmsRefused` (the number or
 * the message, for good; `code` is Twilio's, see twilio.com/docs/api/errors) or `Unauthorized`. `signal` is heeded between requests only:
 * one under way runs to its end, at most 10 s, for its answer tells whether the message went out.
 */
export function createSmsAdapter({ accountSid, authToken, sender, apiUrl }: SmsSettings): SmsPort {
  const client = twilioClient({ accountSid, authToken, apiUrl });
  return {
    async send(message, signal) {
      try {
        signal.throwIfAborted();
        const earlier = message.lookUpSince === null ? null : await lookUp({ client, message, since: message.lookUpSince });
        if (earlier !== null) return { sid: earlier };
        signal.throwIfAborted();
        const { sid } = await client.messages.create({
          to: message.to,
          body: message.body,
          ...sender,
          ...(message.statusCallback === null ? {} : { statusCallback: message.statusCallback }),
        });
        if (typeof sid !== 'string' || sid === '') throw failure({ type: 'SmsUnavailable', code: 'no_sid' });
        return { sid };
      } catch (error) {
        signal.throwIfAborted();
        throw smsFailure(error);
      }
    },
  };
}

/**
 * The sid of an earlier try, or null. Not filtered by Twilio's `DateSent`, which a message in the queue has not got yet; compared by
 * the end of the body, for a trial account puts a sentence before it.
 */
async function lookUp(about: {
  readonly client: twilio.Twilio;
  readonly message: SmsMessage;
  readonly since: number;
}): Promise<string | null> {
  const { client, message, since } = about;
  const recent = await client.messages.list({ to: message.to, limit: LOOK_UP, pageSize: LOOK_UP });
  const found = recent.find(
    ({ body, direction, dateCreated }) =>
      direction !== 'inbound' && dateCreated.getTime() >= since - CLOCK_SKEW && body.trimEnd().endsWith(message.body.trimEnd()),
  );
  return found?.sid ?? null;
}
