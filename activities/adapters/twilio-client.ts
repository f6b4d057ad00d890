/** Twilio's client as the adapters use it: with bounded calls, without its own retries, and with errors that say why. */
import twilio from 'twilio';
import RequestClient from 'twilio/lib/base/RequestClient.js';
import { TwilioRefusal } from './sms-failure.ts';

/** Milliseconds for one request. */
const TIMEOUT = 10_000;

export interface TwilioAccount {
  readonly accountSid: string;
  readonly authToken: string;
  /** null: Twilio's own. */
  readonly apiUrl: string | null;
}

/** Keeps what the SDK's own error drops: the status and `Retry-After`. It never retries (`autoRetry` is off). */
class Transport extends RequestClient {
  override async request<T>(options: RequestClient.RequestOptions<T>) {
    const answer = await super.request<T>(options);
    if (answer.statusCode >= 400) throw new TwilioRefusal(answer);
    return answer;
  }
}

/** A call fails with `TwilioRefusal`, or with the error of the network. */
export function twilioClient({ accountSid, authToken, apiUrl }: TwilioAccount): twilio.Twilio {
  const httpClient = new Transport({ timeout: TIMEOUT, autoRetry: false });
  // An empty edge and region keep the SDK from rewriting the host of another server by its environment variables.
  const client = twilio(accountSid, authToken, { httpClient, ...(apiUrl === null ? {} : { edge: '', region: '' }) });
  if (apiUrl !== null) client.api.baseUrl = apiUrl;
  return client;
}
