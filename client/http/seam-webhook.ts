/** `POST /webhooks/seam`: Seam's events, signed by Svix over the raw body. Each is a hint; what it routes is in the façade. */
import { SeamWebhook, SeamWebhookVerificationError } from '@seamapi/webhook';
import type { Logger } from '../../config/log.ts';
import type { Reservations } from '../reservations.ts';
import type { WebhookMetrics } from './metrics.ts';
import { Forged, type SignedMessage, type SignedRoute } from './route.ts';

interface SeamWebhookDependencies {
  readonly reservations: Pick<Reservations, 'seamEvent'>;
  /** `whsec_…`; several while one replaces another. */
  readonly secrets: readonly string[];
  readonly metrics: WebhookMetrics;
  readonly log: Logger;
}

/** Svix also accepts the names of the Standard Webhooks specification. */
const SIGNATURE_HEADERS = ['svix-signature', 'webhook-signature'];

export function seamWebhookRoute({ reservations, secrets, metrics, log }: SeamWebhookDependencies): SignedRoute {
  const verifiers = secrets.map((secret) => new SeamWebhook(secret));
  return {
    access: 'signature',
    method: 'POST',
    path: '/webhooks/seam',
    summary: "Takes one of Seam's events. What is unknown, closed or tells nothing is taken too, and dropped.",
    signatureHeaders: SIGNATURE_HEADERS,
    answers: { 204: { description: 'Taken. The same event may come again, and events in any order.' } },
    problems: [401, 413, 429, 503],
    handle: async ({ request, body, reply }) => {
      const authentic = verifiers.map((verifier) => read({ verifier, message: { request, body } })).find((found) => found !== null);
      if (authentic === undefined) throw new Forged();
      const { event } = authentic;
      if (event === null) log.warn({ bytes: body.length }, "a webhook with Seam's own signature holds no event; it is dropped");
      const heard = event === null ? 0 : await reservations.seamEvent(event);
      metrics.count({ sender: 'seam', outcome: event === null ? 'unreadable' : heard > 0 ? 'heard' : 'dropped' });
      return reply.code(204).send();
    },
  };
}

/** null: forged. `event` is null where the signature is right and the content is none: that will never become readable. */
function read({ verifier, message }: { verifier: SeamWebhook; message: SignedMessage }): { readonly event: unknown } | null {
  const headers = Object.entries(message.request.headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []));
  try {
    return { event: verifier.verify(message.body.toString('utf8'), Object.fromEntries(headers)) };
  } catch (error) {
    return error instanceof SeamWebhookVerificationError ? null : { event: null };
  }
}
