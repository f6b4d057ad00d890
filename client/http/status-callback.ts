/** The address that the SMS service reports a message's fate to: it names the workflow and the message, and the service signs it whole. */
import { z } from 'zod';

export const CALLBACK_PATH = '/webhooks/twilio';

export const callbackQuery = z.object({ workflow: z.string().min(1).max(1000), message: z.string().min(1).max(100) });

/** `publicUrl` without a slash at its end. */
export function statusCallbackUrl({
  publicUrl,
  workflowId,
  messageId,
}: {
  publicUrl: string;
  workflowId: string;
  messageId: string;
}): string {
  return `${publicUrl}${CALLBACK_PATH}?${new URLSearchParams({ workflow: workflowId, message: messageId }).toString()}`;
}
