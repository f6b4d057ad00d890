/** For the machines that watch: alive, ready, figures, and the description of the API. */
import type { Registry } from 'prom-client';
import { z } from 'zod';
import type { Readiness } from '../readiness.ts';
import type { OpenRoute } from './route.ts';

const state = z.enum(['ok', 'down', 'standin']);
const readinessSchema: z.ZodType<Readiness> = z
  .object({ ready: z.boolean(), checks: z.object({ temporal: state, worker: state, seam: state, mail: state, sms: state }) })
  .meta({ id: 'Readiness', description: 'Only Temporal decides; the other checks inform.' });

interface HealthDependencies {
  readonly readiness: () => Promise<Readiness>;
  readonly registry: Registry;
  readonly openapi: () => object;
}

export const healthRoutes = ({ readiness, registry, openapi }: HealthDependencies): readonly OpenRoute[] => [
  {
    access: 'open',
    method: 'GET',
    path: '/healthz',
    summary: 'Whether the process lives.',
    answers: { 200: { description: 'It does.', schema: z.object({ status: z.literal('ok') }) } },
    problems: [],
    handle: async () => ({ status: 'ok' }),
  },
  {
    access: 'open',
    method: 'GET',
    path: '/readyz',
    summary: 'Whether bookings can be taken: 200 while Temporal takes writes, else 503.',
    answers: { 200: { description: 'They can.', schema: readinessSchema }, 503: { description: 'They cannot.', schema: readinessSchema } },
    problems: [],
    handle: async ({ reply }) => {
      const { ready, checks } = await readiness();
      return reply.code(ready ? 200 : 503).send({ ready, checks });
    },
  },
  {
    access: 'open',
    method: 'GET',
    path: '/metrics',
    summary: 'Figures for Prometheus.',
    answers: { 200: { description: 'The text format.', contentType: 'text/plain' } },
    problems: [],
    handle: async ({ reply }) => reply.type(registry.contentType).send(await registry.metrics()),
  },
  {
    access: 'open',
    method: 'GET',
    path: '/openapi.json',
    summary: 'This description.',
    answers: { 200: { description: 'OpenAPI 3.1.', schema: z.looseObject({}) } },
    problems: [],
    handle: async () => openapi(),
  },
];
