/** Orders for doors and cards, given to a played stay as the workflow's update handler gives them: refused with words, or taken. */
import { findErrand } from '../../workflows/domain/errand.ts';
import type { Failure, FailureType } from '../../workflows/domain/failure-types.ts';
import { refusalOf } from '../../workflows/domain/order-refusal.ts';
import type { Property } from '../../workflows/domain/property.ts';
import type { Action, Order } from '../../workflows/messages.ts';
import { PlayedStay } from './played-stay.ts';
import { aProperty, aReservation } from './stays.ts';

export const SECOND = 1_000;
export const HOUR = 3_600_000;
export const T0 = Date.UTC(2026, 10, 22, 12);
export const booking = { startsAt: T0 + HOUR, endsAt: T0 + 48 * HOUR };

export const asked = (order: Order, key: string, askedAt?: number): Action => ({
  ...order,
  idempotencyKey: key,
  by: 'desk',
  reason: null,
  ...(askedAt === undefined ? {} : { askedAt }),
});

export const failed = (type: FailureType, code: string | null = null): Failure => ({ type, code, retryAfter: null });

type StayChange = { readonly modes: Property['access']['modes']; readonly now?: number } & Partial<Property>;

/** An hour after access has started, unless another moment is asked for. */
export async function aStay({ modes, now = booking.startsAt + HOUR, ...change }: StayChange): Promise<PlayedStay> {
  const property = aProperty({ access: { modes }, ...change });
  const stay = await PlayedStay.book({ reservation: aReservation(booking), property, now: T0 });
  await stay.until(now);
  return stay;
}

/** null: it was taken and everything that follows from it is done. */
export async function order(stay: PlayedStay, action: Action): Promise<string | null> {
  const refusal = refusalOf({ state: stay.state, action, now: stay.now });
  if (refusal === null) await stay.tell({ kind: 'action', action });
  return refusal;
}

export const stateOf = (stay: PlayedStay, key: string) => findErrand({ state: stay.state, key })?.state;
