/** Operators' actions over HTTP. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { ActionOutcome } from '../../workflows/messages.ts';
import { cleanText } from '../intake/booking-text.ts';
import { isAction, ORDERS } from '../intake/order-schema.ts';
import { Conflict } from '../refusals.ts';
import type { Reservations } from '../reservations.ts';
import { HttpProblem } from './problem.ts';
import { addressSchema } from './reservation-routes.ts';
import { type GuardedRoute, read } from './route.ts';

const paramsSchema = addressSchema.extend({ action: z.string().meta({ enum: Object.keys(ORDERS) }) });
const headersSchema = z.object({
  'idempotency-key': z
    .string()
    .regex(/^[\x21-\x7e]{1,128}$/, 'expected 1 to 128 visible ASCII characters')
    .optional()
    .meta({ description: 'With the same key an action is done once, however often it is asked for.' }),
});
const bodySchema = z
  .looseObject({
    reason: z.string().max(500).transform(cleanText).nullish().meta({ description: 'Shown in the timeline.' }),
  })
  .meta({
    description:
      'Beside the reason. release: waive (names of conditions, optional); change-departure: departure; reissue, reveal: accessMethodId; ' +
      'unlock: entranceId or deviceId; encode-card: accessMethodId, encoderId; assign-card: accessMethodId, cardNumber; ' +
      'mobile-session: guestId; told: guestId, how; acknowledge: code.',
  });

const answerSchema = z.object({
  outcome: z.string().meta({ description: 'Of unlock: requested, confirmed by the device, or failed.' }),
  actionAttemptId: z.string().optional().meta({ description: "Of unlock, encode-card and assign-card: Seam's." }),
  secret: z.string().nullish().meta({ description: 'Of reveal only.' }),
  clientSessionToken: z.string().optional().meta({ description: 'Of mobile-session only.' }),
});

export interface ActionRouteDependencies {
  readonly reservations: Pick<Reservations, 'act'>;
  /** Reads a code or key link from Seam, now, for the operator who may see it; null where the method has none. */
  readonly reveal: (accessMethodId: string) => Promise<string | null>;
  /** The token of Seam's client session for a mobile key, read now; null where there is no such key. */
  readonly mobileSession: (session: Required<ActionOutcome>['session']) => Promise<string | null>;
}

async function sessionAnswer({ taken, mobileSession }: { taken: ActionOutcome } & Pick<ActionRouteDependencies, 'mobileSession'>) {
  const { outcome, session } = taken;
  const clientSessionToken = session === undefined ? null : await mobileSession(session);
  if (clientSessionToken === null) throw new Conflict('Seam shows no mobile key that is issued now; look at the reservation.');
  return { outcome, clientSessionToken };
}

export const actionRoute = ({ reservations, reveal, mobileSession }: ActionRouteDependencies): GuardedRoute => ({
  access: 'token',
  roles: ['operator'],
  method: 'POST',
  path: '/v1/reservations/{source}/{reservationId}/actions/{action}',
  summary: 'Asks for an action. Answered once it is taken; the view shows what came of it.',
  params: paramsSchema,
  headers: headersSchema,
  body: bodySchema.optional(),
  answers: {
    200: {
      description: 'Taken.',
      schema: answerSchema,
    },
  },
  problems: [400, 401, 403, 404, 409, 413, 415, 429, 503],
  handle: async ({ request, caller }) => {
    const { action, ...address } = read(paramsSchema, request.params);
    if (!isAction(action))
      throw new HttpProblem({ status: 404, detail: `No such action in this version. There are ${Object.keys(ORDERS).join(', ')}.` });
    const { reason } = read(bodySchema, request.body ?? {});
    const order = read(ORDERS[action], request.body ?? {});
    const { 'idempotency-key': idempotencyKey = randomUUID() } = read(headersSchema, request.headers);
    const taken = await reservations.act({
      ...address,
      scope: caller,
      action: { ...order, idempotencyKey, by: caller.name, reason: reason || null },
    });
    // The workflow has authorised it and written it down; the secret itself never passes through it.
    if (order.action === 'reveal') return { ...taken, secret: await reveal(order.accessMethodId) };
    return order.action === 'mobile-session' ? sessionAnswer({ taken, mobileSession }) : taken;
  },
});
