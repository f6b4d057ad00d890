/** The bodies of operators' actions: one shape per action, parsed into the workflow's `Order`. */
import { z } from 'zod';
import type { ActionName, Order } from '../../workflows/messages.ts';
import { cleanText } from './booking-text.ts';
import { stayTimeOf } from './stay-time.ts';

const id = z.string().min(1).max(200);
const departure = z.string().transform((text, context) => {
  const time = stayTimeOf(text);
  if (time === null)
    context.addIssue({ code: 'custom', message: 'expected a date or time of the property that exists, such as 2026-12-04T12:00' });
  return time ?? z.NEVER;
});

const cardNumber = z
  .string()
  .trim()
  .regex(/^[\x21-\x7e]{1,100}$/, 'expected the number as the card system knows it, 1 to 100 visible ASCII characters');

const doorId = id.nullish().transform((given) => given ?? null);

/** Who asks by the page of the stay is never said by a body. */
const door = z
  .object({ entranceId: doorId, deviceId: doorId })
  .refine(({ entranceId, deviceId }) => (entranceId === null) !== (deviceId === null), {
    path: ['entranceId'],
    message: 'expected exactly one of entranceId and deviceId',
  })
  .transform(({ entranceId, deviceId }): Order => ({ action: 'unlock', entranceId, deviceId, guestId: null }));

const plain = (action: 'resend' | 'hold' | 'revoke' | 'retry' | 'erase') => z.object({}).transform((): Order => ({ action }));

/** Every action that this version takes, with what its body must hold beside the reason. */
export const ORDERS = {
  resend: plain('resend'),
  hold: plain('hold'),
  revoke: plain('revoke'),
  retry: plain('retry'),
  erase: plain('erase'),
  release: z.object({ waive: z.array(id).max(50).default([]) }).transform(({ waive }): Order => ({ action: 'release', waive })),
  'change-departure': z.object({ departure }).transform((body): Order => ({ action: 'change-departure', departure: body.departure })),
  reissue: z.object({ accessMethodId: id }).transform(({ accessMethodId }): Order => ({ action: 'reissue', accessMethodId })),
  reveal: z.object({ accessMethodId: id }).transform(({ accessMethodId }): Order => ({ action: 'reveal', accessMethodId })),
  unlock: door,
  'encode-card': z
    .object({ accessMethodId: id, encoderId: id })
    .transform(({ accessMethodId, encoderId }): Order => ({ action: 'encode-card', accessMethodId, encoderId })),
  'assign-card': z
    .object({ accessMethodId: id, cardNumber })
    .transform((body): Order => ({ action: 'assign-card', accessMethodId: body.accessMethodId, cardNumber: body.cardNumber })),
  'mobile-session': z.object({ guestId: id }).transform(({ guestId }): Order => ({ action: 'mobile-session', guestId })),
  told: z
    .object({ guestId: id, how: z.string().min(1).max(200).transform(cleanText) })
    .transform(({ guestId, how }): Order => ({ action: 'told', guestId, how })),
  acknowledge: z.object({ code: id }).transform(({ code }): Order => ({ action: 'acknowledge', code })),
} as const satisfies Record<ActionName, z.ZodType<Order>>;

export const isAction = (name: string): name is ActionName => Object.hasOwn(ORDERS, name);
