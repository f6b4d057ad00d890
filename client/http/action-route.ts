/** Operators' actions over HTTP. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { ActionName } from '../../workflows/messages.ts';
import { cleanText } from '../intake/booking-text.ts';
import type { Reservations } from '../reservations.ts';
import { HttpProblem } from './problem.ts';
import { addressSchema } from './reservation-routes.ts';
import { type GuardedRoute, read } from './route.ts';

const ACTIONS = ['resend', 'revoke', 'retry'] as const satisfies readonly ActionName[];

const isAction = (name: string): name is ActionName => ACTIONS.some((action) => action === name);

const paramsSchema = addressSchema.extend({ action: z.string().meta({ enum: [...ACTIONS] }) });
const headersSchema = z.object({
  'idempotency-key': z
    .string()
    .regex(/^[\x21-\x7e]{1,128}$/, 'expected 1 to 128 visible ASCII characters')
    .optional()
    .meta({ description: 'With the same key an action is done once, however often it is asked for.' }),
});
const bodySchema = z.object({ reason: z.string().max(500).transform(cleanText).nullish().meta({ description: 'Shown in the timeline.' }) });

export const actionRoute = ({ reservations }: { reservations: Pick<Reservations, 'act'> }): GuardedRoute => ({
  access: 'token',
  roles: ['operator'],
  method: 'POST',
  path: '/v1/reservations/{source}/{reservationId}/actions/{action}',
  summary: 'Asks for an action. Answered once it is taken; the view shows what came of it.',
  params: paramsSchema,
  headers: headersSchema,
  body: bodySchema.optional(),
  answers: { 200: { description: 'Taken.', schema: z.object({ outcome: z.string() }) } },
  problems: [400, 401, 403, 404, 409, 413, 415, 429, 503],
  handle: async ({ request, caller }) => {
    const { action, ...address } = read(paramsSchema, request.params);
    if (!isAction(action))
      throw new HttpProblem({ status: 404, detail: `No such action in this version. There are ${ACTIONS.join(', ')}.` });
    const { reason } = read(bodySchema, request.body ?? {});
    const { 'idempotency-key': idempotencyKey = randomUUID() } = read(headersSchema, request.headers);
    return reservations.act({ ...address, scope: caller, action: { action, idempotencyKey, by: caller.name, reason: reason || null } });
  },
});
