/** The answers about reservations, for the OpenAPI document. The types keep them true to what is answered. */
import { z } from 'zod';
import type { ReservationView } from '../../workflows/domain/view-types.ts';
import type { ReservationList } from '../reservations/list.ts';
import type { PutAnswer } from '../reservations/put.ts';

const at = z.iso.datetime();
const channel = z.enum(['email', 'sms']);
const windowShape = { startsAt: at, endsAt: at };
const address = { key: z.string(), source: z.string(), reservationId: z.string(), workflowId: z.string().meta({ description: 'Opaque.' }) };
const doorKind = z.enum(['entrance', 'device']);
const status = z.enum(['tentative', 'confirmed', 'checked_in', 'checked_out', 'cancelled', 'no_show']);
const readiness = z.enum(['pending', 'ready', 'at_risk', 'blocked', 'closing', 'closed']);

const access = z.object({
  grantKey: z.string(),
  accessGrantId: z.string().nullable(),
  roomId: z.string(),
  guestId: z.string(),
  unitId: z.string(),
  ...windowShape,
  state: z.enum(['planned', 'requested', 'issued', 'failed', 'revoking', 'revoked', 'residual']),
  doors: z.array(
    z.object({ id: z.string(), kind: doorKind, name: z.string(), state: z.enum(['waiting', 'granted', 'lost', 'impossible']) }),
  ),
  methods: z.array(
    z.object({
      accessMethodId: z.string(),
      mode: z.enum(['code', 'card', 'mobile_key', 'cloud_key']),
      state: z.enum(['pending', 'encoding_required', 'assignment_required', 'issued', 'updating', 'failed', 'revoked']),
      isBackupCode: z.boolean(),
    }),
  ),
  absenceVerifiedAt: at.nullable().meta({ description: 'When a read-back proved that nothing is left.' }),
  residualUntil: at.nullable().meta({ description: 'When what cannot be revoked ends by itself.' }),
});

const message = z.object({
  id: z.string(),
  guestId: z.string().nullable().meta({ description: 'null: to staff.' }),
  channel,
  kind: z.enum(['access_ready', 'access_changed', 'access_pending', 'access_ended', 'contact_changed', 'staff_alert']),
  state: z.enum(['scheduled', 'sending', 'sent', 'delivered', 'failed', 'skipped']),
  to: z.string().meta({ description: 'Shortened.' }),
  at,
  providerId: z.string().nullable().meta({ description: "Twilio's SID, or the Message-ID." }),
  reason: z.string().nullable(),
});

export const viewSchema: z.ZodType<ReservationView> = z
  .object({
    ...address,
    propertyId: z.string(),
    version: z.union([z.string(), z.number()]),
    status,
    readiness,
    reasons: z.array(z.object({ code: z.string(), text: z.string(), for: z.enum(['staff', 'guest']), deadline: at.nullable() })),
    window: z.object({ ...windowShape, timeZone: z.string() }),
    guests: z.array(z.object({ id: z.string(), name: z.string(), told: z.enum(['none', 'scheduled', 'accepted', 'delivered']) })),
    access: z.array(access),
    messages: z.array(message),
    next: z.array(z.object({ at, what: z.string() })),
    timeline: z.array(
      z.object({
        at,
        what: z.string(),
        actor: z.enum(['pms', 'operator', 'seam', 'guest', 'engine']),
        by: z.string().nullable(),
        detail: z.string(),
      }),
    ),
  })
  .meta({ id: 'ReservationView', description: 'Where a reservation stands. Holds no code, key link or token.' });

export const listSchema: z.ZodType<ReservationList> = z
  .object({
    reservations: z.array(
      z.object({
        ...address,
        propertyId: z.string().nullable(),
        status: z.string().nullable(),
        readiness: z.string().nullable(),
        window: z.object({ startsAt: at.nullable(), endsAt: at.nullable(), timeZone: z.string().nullable() }),
        arrivalDate: z.iso.date().nullable(),
        unitIds: z.array(z.string()),
        configuration: z.string().nullable().meta({ description: 'The revision of its configuration that the stay follows.' }),
      }),
    ),
    nextCursor: z.string().nullable().meta({ description: 'null: this was the last page.' }),
  })
  .meta({ id: 'ReservationList' });

export const putSchema: z.ZodType<PutAnswer> = z
  .object({ key: z.string(), workflowId: z.string(), outcome: z.enum(['accepted', 'stale', 'past']) })
  .meta({ id: 'PutAnswer' });
