/** `POST /webhooks/twilio`: what became of an SMS, signed by Twilio over the whole address and the form. */
import twilio from 'twilio';
import { z } from 'zod';
import type { Reservations } from '../reservations.ts';
import type { WebhookMetrics } from './metrics.ts';
import { Forged, type SignedMessage, type SignedRoute } from './route.ts';
import { CALLBACK_PATH, callbackQuery } from './status-callback.ts';

interface TwilioWebhookDependencies {
  readonly reservations: Pick<Reservations, 'receipt'>;
  /** null: no SMS service is configured, and nothing can be authentic. */
  readonly authToken: string | null;
  /** As Twilio was told it, without a slash at its end: a proxy may have changed host and scheme of the request. */
  readonly publicUrl: string;
  readonly metrics: WebhookMetrics;
}

const formSchema = z.object({
  MessageSid: z.string().regex(/^\w{1,64}$/),
  MessageStatus: z.string().max(40),
  ErrorCode: z
    .string()
    .regex(/^\d{1,9}$/)
    .optional(),
});

const SIGNATURE = 'x-twilio-signature';

export function twilioWebhookRoute({ reservations, authToken, publicUrl, metrics }: TwilioWebhookDependencies): SignedRoute {
  return {
    access: 'signature',
    method: 'POST',
    path: CALLBACK_PATH,
    summary:
      'Takes the status of an SMS. Statuses that change nothing, and messages that are unknown or closed, are taken too, and dropped.',
    query: callbackQuery.partial(),
    signatureHeaders: [SIGNATURE],
    answers: { 204: { description: 'Taken. The same status may come again, and statuses in any order.' } },
    problems: [401, 413, 429, 503],
    handle: async ({ request, body, reply }) => {
      const url = `${publicUrl}${request.raw.url ?? ''}`;
      const isAuthentic = authToken !== null && twilio.validateRequest(authToken, String(request.headers[SIGNATURE]), url, formOf(body));
      if (!isAuthentic) throw new Forged();
      const heard = await report({ reservations, request, body });
      metrics.count({ sender: 'twilio', outcome: heard ? 'heard' : 'dropped' });
      return reply.code(204).send();
    },
  };
}

async function report({ reservations, request, body }: SignedMessage & Pick<TwilioWebhookDependencies, 'reservations'>): Promise<boolean> {
  const query = callbackQuery.safeParse(request.query);
  const form = formSchema.safeParse(formOf(body));
  if (!query.success || !form.success) return false;
  const { MessageSid: sid, MessageStatus: status, ErrorCode: errorCode = null } = form.data;
  return reservations.receipt({ workflowId: query.data.workflow, receipt: { messageId: query.data.message, sid, status, errorCode } });
}

const formOf = (body: Buffer): Record<string, string> => Object.fromEntries(new URLSearchParams(body.toString('utf8')));
