/** Signals, updates and the query of `reservationAccess`, and what travels in them: shared with everything that talks to it. */
import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { PassView } from './domain/pass-view.ts';
import type { Property } from './domain/property.ts';
import type { Instant, Reservation, ReservationKey, StayTime } from './domain/reservation.ts';
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

/** What the configuration says now, from the Schedule that follows it. */
export interface ConfigurationFact {
  readonly propertyId: string;
  /** null: the property is configured no longer. */
  readonly property: Property | null;
  /** The units that were looked up; those that the stay names besides stay as they are known. */
  readonly unitIds: readonly string[];
  /** Access that this ends may go: the brake let it through, or an operator did (rule 10). */
  readonly mayRevoke: boolean;
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

/** What an operator (rule 18) or a guest may order. No secret is ever part of an order or of its answer. */
export type Order =
  | { readonly action: 'resend' | 'hold' | 'revoke' | 'retry' | 'erase' }
  /** Ends a hold or an operator's revoke; `waive`: conditions that no longer matter for this stay. */
  | { readonly action: 'release'; readonly waive: readonly string[] }
  | { readonly action: 'change-departure'; readonly departure: StayTime }
  | { readonly action: 'reissue'; readonly accessMethodId: string }
  | { readonly action: 'reveal'; readonly accessMethodId: string }
  /** The desk told the guest by voice. */
  | { readonly action: 'told'; readonly guestId: string; readonly how: string }
  /** Exactly one of the doors. `guestId`: who asked by the page of the stay; null: an operator. */
  | { readonly action: 'unlock'; readonly entranceId: string | null; readonly deviceId: string | null; readonly guestId: string | null }
  | { readonly action: 'encode-card'; readonly accessMethodId: string; readonly encoderId: string }
  /** A card that the building has already. Its number is shown nowhere. */
  | { readonly action: 'assign-card'; readonly accessMethodId: string; readonly cardNumber: string }
  | { readonly action: 'mobile-session'; readonly guestId: string }
  /** Another Instant Key, asked for by its guest on the page of the stay. */
  | { readonly action: 'renew-key'; readonly guestId: string }
  /** An alert is in hand. */
  | { readonly action: 'acknowledge'; readonly code: string };

/** What an operator may order; the rest is the guest's. */
export type ActionName = Exclude<Order['action'], 'renew-key'>;

/** An order with who gave it and why. Idempotent by key. */
export type Action = Order & {
  readonly idempotencyKey: string;
  /** The name of the token that asked. */
  readonly by: string;
  readonly reason: string | null;
  /** By the clock of the server that took it; what was asked for too long ago is not done (rule 8). */
  readonly askedAt?: Instant;
};

/** A guest said on the page that a key does not work. */
export interface HelpRequest {
  readonly guestId: string;
}

export interface ActionOutcome {
  /** Of an unlock: `requested`, `confirmed` by the device, or `failed`. Of a guest's other key: `made`, or `requested`. */
  readonly outcome: string;
  /** Of what Seam was asked to do at a door or an encoder. */
  readonly actionAttemptId?: string;
  /** Whose session is asked for: the mobile key, and Seam's identity of its guest. */
  readonly session?: { readonly accessMethodId: string; readonly userIdentityKey: string };
}

export const reservationSignal = defineSignal<[ReservationFact]>('reservation');
export const propertySignal = defineSignal<[ConfigurationFact]>('property');
export const seamSignal = defineSignal<[SeamEvent]>('seam');
/** From the workflow of the stay that replaces this one: its guest holds the new access. */
export interface Rebooked {
  readonly by: string;
}

export const rebookedSignal = defineSignal<[Rebooked]>('rebooked');
/** From a stay that was booked first and came into this one's unit, by the unit's id. */
export const contestedSignal = defineSignal<[string]>('contested');
export const receiptSignal = defineSignal<[Receipt]>('receipt');
export const actUpdate = defineUpdate<ActionOutcome, [Action]>('act');
/** Durable like every fact: a guest at a closed door is heard also while no worker is alive. */
export const helpSignal = defineSignal<[HelpRequest]>('help');
export const viewQuery = defineQuery<ReservationView>('view');
/** For the page of one guest, by id; null: no such guest is in the booking. */
export const passQuery = defineQuery<PassView | null, [string]>('pass');
