/** What the brake has stopped, and an operator's word that it may go on. */
import { z } from 'zod';
import type { Brake, Brakes } from '../brakes.ts';
import { cleanText } from '../intake/booking-text.ts';
import { HttpProblem } from './problem.ts';
import { type GuardedRoute, read } from './route.ts';

const brakeSchema: z.ZodType<Brake> = z
  .object({
    id: z.string().meta({ description: 'Of what is stopped now: another one once it is something else.' }),
    propertyId: z.string(),
    stoppedAt: z.iso.datetime(),
    grants: z.int().meta({ description: 'How many would end.' }),
    live: z.int().meta({ description: 'How many the property has.' }),
    stopped: z.array(
      z.object({
        id: z.string(),
        what: z.string().meta({ description: 'The key of the reservation or of the grant.' }),
        grants: z.int(),
        cause: z.enum(['configuration', 'sweep']),
      }),
    ),
  })
  .meta({ id: 'Brake', description: 'Revocations that nobody in particular asked for, too many at once to go without a person.' });

const paramsSchema = z.object({ id: z.string().min(1).max(128) });
const bodySchema = z.looseObject({
  reason: z.string().max(500).transform(cleanText).nullish().meta({ description: 'Kept with the approval.' }),
});

interface BrakeRoutesDependencies {
  readonly brakes: Brakes;
}

export const brakeRoutes = ({ brakes }: BrakeRoutesDependencies): readonly GuardedRoute[] => [
  {
    access: 'token',
    roles: ['operator'],
    method: 'GET',
    path: '/v1/brakes',
    summary: 'What the brake has stopped, by property. Access that it holds back stays until it is approved or its cause is mended.',
    answers: { 200: { description: 'All of it.', schema: z.object({ brakes: z.array(brakeSchema) }) } },
    problems: [401, 403, 429, 503],
    handle: async ({ caller }) => ({ brakes: await brakes.list({ scope: caller }) }),
  },
  {
    access: 'token',
    roles: ['operator'],
    method: 'POST',
    path: '/v1/brakes/{id}/approve',
    summary: 'Lets go on what the brake has stopped, all of it as it was listed.',
    params: paramsSchema,
    body: bodySchema.optional(),
    answers: {
      200: { description: 'It goes on.', schema: z.object({ outcome: z.literal('approved'), revocations: z.int() }) },
    },
    problems: [400, 401, 403, 404, 409, 413, 415, 429, 503],
    handle: async ({ request, caller }) => {
      const { id } = read(paramsSchema, request.params);
      const { reason } = read(bodySchema, request.body ?? {});
      const revocations = await brakes.approve({ id, scope: caller, by: caller.name, reason: reason || null });
      if (revocations === null)
        throw new HttpProblem({ status: 404, detail: 'Nothing of that id is stopped: look at GET /v1/brakes again, it may have changed.' });
      return { outcome: 'approved', revocations };
    },
  },
];
