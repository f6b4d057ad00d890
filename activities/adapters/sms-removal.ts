/** Takes sent messages out of Twilio: its Message resource is deleted, and with it the text and the number. */
import type { SentSmsPort } from '../erasure-ports.ts';
import { failure } from '../failures.ts';
import { smsFailure, TwilioRefusal } from './sms-failure.ts';
import { type TwilioAccount, twilioClient } from './twilio-client.ts';

const NOT_FOUND = 404;
/** The message is still on its way: "Cannot delete message because delivery has not been completed" (Twilio error 20009). */
const UNDER_WAY = 20009;

/**
 * A message that Twilio does not know counts as removed. Fails with `SmsUnavailable` (network, 429, 5xx, still on its way: try again)
 * or `Unauthorized`; any other refusal is final, and the message stays.
 */
export function createSmsRemoval(account: TwilioAccount): SentSmsPort {
  const client = twilioClient(account);
  return {
    async remove(smsId, signal) {
      signal.throwIfAborted();
      try {
        await client.messages(smsId).remove();
        return true;
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof TwilioRefusal && error.status === NOT_FOUND) return true;
        if (error instanceof TwilioRefusal && error.code === UNDER_WAY) throw failure({ type: 'SmsUnavailable', code: String(UNDER_WAY) });
        const refusal = smsFailure(error);
        if (refusal.type === 'SmsRefused') return false;
        throw refusal;
      }
    },
  };
}
