/** Reservations over HTTP: put, see, list. */
import { z } from 'zod';
import type { Configuration } from '../../config/configuration.ts';
import { RESERVATION_ID, reservationSchema, SOURCE } from '../intake/reservation-schema.ts';
import { isDate } from '../intake/stay-time.ts';
import { takeReservation } from '../intake.ts';
import { BadRequest } from '../refusals.ts';
import { within } from '../reservations/context.ts';
import type { Reservations } from '../reservations.ts';
import { HttpProblem, unknownReservation } from './problem.ts';
import { type GuardedRoute, read } from './route.ts';
import { listSchema, putSchema, viewSchema } from './view-schema.ts';

export interface ReservationRoutesDependencies {
  readonly reservations: Reservations;
  readonly configuration: Configuration;
}

export const addressSchema = z.object({
  source: z
    .string()
    .regex(SOURCE, 'expected 1 to 64 of A-Z a-z 0-9 . _ ~ -')
    .meta({ description: 'The name of the connection, not of a vendor.' }),
  reservationId: z.string().regex(RESERVATION_ID, 'expected 1 to 128 of A-Z a-z 0-9 . _ ~ -'),
});

const PATH = '/v1/reservations/{source}/{reservationId}';

/** Most that a page holds. */
const PAGE = 200;

const date = z.string().refine(isDate, 'expected a date that exists, such as 2026-12-01').meta({ format: 'date' });

const listQuery = z.object({
  property: z.string().min(1).max(128).optional(),
  status: z.enum(['tentative', 'confirmed', 'checked_in', 'checked_out', 'cancelled', 'no_show']).optional(),
  readiness: z.enum(['pending', 'ready', 'at_risk', 'blocked', 'closing', 'closed']).optional(),
  arrivingFrom: date.optional().meta({ description: 'A date of the property, included.' }),
  arrivingTo: date.optional().meta({ description: 'A date of the property, included.' }),
  limit: z
    .string()
    .regex(/^\d{1,4}$/, 'expected a whole number')
    .transform(Number)
    .pipe(z.int().min(1).max(PAGE))
    .default(50),
  cursor: z.string().min(1).max(4_000).optional().meta({ description: 'nextCursor of the page before, with the same filters.' }),
});

export const reservationRoutes = (dependencies: ReservationRoutesDependencies): readonly GuardedRoute[] => [
  putRoute(dependencies),
  viewRoute(dependencies),
  listRoute(dependencies),
];

const putRoute = ({ reservations, configuration }: ReservationRoutesDependencies): GuardedRoute => ({
  access: 'token',
  roles: ['pms', 'operator'],
  method: 'PUT',
  path: PATH,
  summary: 'Says what the booking system knows of a reservation now. An answer of 202 is durable, also with no worker alive.',
  params: addressSchema,
  body: reservationSchema,
  answers: { 202: { description: 'Taken, or known not to matter; outcome says which.', schema: putSchema } },
  problems: [400, 401, 403, 404, 413, 415, 422, 429, 503],
  handle: async ({ request, reply, caller }) => {
    const address = read(addressSchema, request.params);
    if (!within(caller.sources, address.source)) throw unknownReservation();
    const intake = takeReservation({ body: request.body, configuration, now: Date.now() });
    if (!intake.ok && intake.unknownProperty)
      throw new HttpProblem({ status: 422, detail: 'No such property is configured.', errors: intake.errors });
    if (!intake.ok) throw new BadRequest(intake.errors);
    if (!within(caller.properties, intake.reservation.propertyId)) throw unknownReservation();
    return reply.code(202).send(await reservations.put({ ...address, reservation: intake.reservation, scope: caller }));
  },
});

const viewRoute = ({ reservations }: ReservationRoutesDependencies): GuardedRoute => ({
  access: 'token',
  roles: ['pms', 'viewer', 'operator'],
  method: 'GET',
  path: PATH,
  summary: 'Where a reservation stands. A closed one is answered for as long as Temporal keeps it, without a worker.',
  params: addressSchema,
  answers: { 200: { description: 'The reservation. Addresses of messages are shortened for every role.', schema: viewSchema } },
  problems: [400, 401, 404, 429, 503],
  handle: async ({ request, caller }) => {
    const view = await reservations.view({ ...read(addressSchema, request.params), scope: caller });
    if (view === null) throw unknownReservation();
    return view;
  },
});

const listRoute = ({ reservations }: ReservationRoutesDependencies): GuardedRoute => ({
  access: 'token',
  roles: ['pms', 'viewer', 'operator'],
  method: 'GET',
  path: '/v1/reservations',
  summary: 'The latest state per reservation, in no particular order and eventually consistent. No workflow is woken.',
  query: listQuery,
  answers: { 200: { description: 'One page; it may be shorter than limit though more follow.', schema: listSchema } },
  problems: [400, 401, 429, 503],
  handle: async ({ request, caller }) => {
    const { limit, cursor = null, ...filters } = read(listQuery, request.query);
    return reservations.list({ filters, limit, cursor, scope: caller });
  },
});
