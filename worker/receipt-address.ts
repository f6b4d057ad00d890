/** Where the SMS service reports what became of a message. */
import { isIP } from 'node:net';
import { statusCallbackUrl } from '../client/http/status-callback.ts';

interface ReceiptAddress {
  /** Of the SMS service; null: Twilio's own. */
  readonly apiUrl: string | null;
  /** What the world calls our server, as far as somebody said so. */
  readonly publicUrl: string | null;
  /** Our server as this machine reaches it. */
  readonly localUrl: string;
}

/**
 * Twilio refuses a message whose callback it could not reach, so it gets one only at a public https address; without it, the message is
 * looked up. Another service stands where it can reach us.
 */
export function receiptAddress({
  apiUrl,
  publicUrl,
  localUrl,
}: ReceiptAddress): (of: { workflowId: string; messageId: string }) => string | null {
  const url = publicUrl ?? localUrl;
  if (apiUrl === null && !isPublic(url)) return () => null;
  return ({ workflowId, messageId }) => statusCallbackUrl({ publicUrl: url, workflowId, messageId });
}

/** By its looks: https, and a name with a dot that is not kept for private networks (RFC 6761, RFC 6762, RFC 8375). */
function isPublic(text: string): boolean {
  const { protocol, hostname } = new URL(text);
  const isPrivateName = !hostname.includes('.') || /\.(localhost|local|internal|test|example|invalid|home\.arpa)$/i.test(hostname);
  return protocol === 'https:' && isIP(hostname) === 0 && !isPrivateName;
}
