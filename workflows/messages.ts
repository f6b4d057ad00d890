/** Signals, updates and the query of `reservationAccess`, and what travels in them: shared with everything that talks to it. */
import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Property } from './domain/property.ts';
import type { Instant, Reservation, ReservationKey } from './domain/reservation.ts';
import type { ReservationState } from './domain/state.ts';
import type { ReservationView } from './domain/view-types.ts';

export const WORKFLOW_TYPE = 'reservationAccess';

export interface StartArguments {
  readonly reservation: ReservationKey;
  /** The state in which an earlier run ended, so that versions, proofs and messages are not forgotten; null for the first run. */
  readonly carried: ReservationState | null;
}

/** What the booking system says now, with the configuration that applies to it. */
export interface ReservationFact {
  readonly reservation: Reservation;
  readonly property: Property;
}

/** A webhook of Seam's, reduced to what routes and dates it. A hint: what is true is read. */
export interface SeamEvent {
  readonly eventId: string;
  readonly eventType: string;
  readonly occurredAt: Instant;
  readonly accessGrantIds: readonly string[];
  readonly accessMethodId: string | null;
  /** A door of a space, device or entrance event; null otherwise. */
  readonly doorId: string | null;
}

/** What the SMS service reports of one message. */
export interface Receipt {
  readonly messageId: string;
  readonly sid: string;
  readonly status: 'sent' | 'delivered' | 'undelivered' | 'failed';
  readonly errorCode: string | null;
}

export type ActionName = 'resend' | 'revoke' | 'retry';

/** An operator's command (rule 18). Idempotent by key. */
export interface Action {
  readonly action: ActionName;
  readonly idempotencyKey: string;
  /** The name of the token that asked. */
  readonly by: string;
  readonly reason: string | null;
}

export interface ActionOutcome {
  readonly outcome: string;
}

export const reservationSignal = defineSignal<[ReservationFact]>('reservation');
export const seamSignal = defineSignal<[SeamEvent]>('seam');
export const receiptSignal = defineSignal<[Receipt]>('receipt');
export const actUpdate = defineUpdate<ActionOutcome, [Action]>('act');
export const viewQuery = defineQuery<ReservationView>('view');
