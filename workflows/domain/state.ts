/** Everything that the engine knows of one reservation: folded from events by `apply.ts`, read by `decide.ts` and `view.ts`. */
import type { Access } from './access.ts';
import type { Errand } from './errand.ts';
import type { Failure } from './failure-types.ts';
import type { Line } from './line.ts';
import type { Facts, Message } from './notice.ts';
import type { Residue } from './occupancy.ts';
import type { Property } from './property.ts';
import type { Guest, Instant, Reservation, ReservationKey, StayTime, Version } from './reservation.ts';
import type { Actor } from './view-types.ts';

/** What one guest asked for, oldest first, and whether the last one is still to be made. */
export interface KeyRequests {
  readonly askedAt: readonly Instant[];
  readonly isOpen: boolean;
}

/** The same booking of a channel under two numbers (rule 2). */
export interface Rebooking {
  /** The stay that this one replaces, by workflow id. */
  readonly replaces: string | null;
  readonly isHandedOver: boolean;
  /** Looked for since the cancellation: the stay that replaces this one, null for none; undefined while not looked for. */
  readonly replacedBy: string | null | undefined;
  readonly lookedForAt: Instant | null;
  /** The guest holds the other stay's access, so this one's may go without a word. */
  readonly isReplaced: boolean;
}

export const NO_REBOOKING: Rebooking = { replaces: null, isHandedOver: false, replacedBy: undefined, lookedForAt: null, isReplaced: false };

/** A command that failed: when it may be tried again, or null while only a person can help. */
export interface Setback {
  readonly command: string;
  readonly failure: Failure;
  readonly count: number;
  readonly since: Instant;
  readonly retryAt: Instant | null;
}

/** What operators ordered and what still stands (rule 18). */
export interface OperatorOrders {
  /** Nothing new is issued or told; what exists stays. */
  readonly isHeld: boolean;
  readonly revokedAt: Instant | null;
  /** Conditions that do not matter for this stay. */
  readonly waived: readonly string[];
  /** Stands until the PMS sends another departure than it had then. */
  readonly departure: { readonly text: StayTime; readonly insteadOf: StayTime } | null;
  /** Codes of reasons that a person has in hand. */
  readonly acknowledged: readonly string[];
}

export const NO_ORDERS: OperatorOrders = { isHeld: false, revokedAt: null, waived: [], departure: null, acknowledged: [] };

export interface TimelineEntry {
  readonly at: Instant;
  readonly what: string;
  readonly actor: Actor;
  readonly by: string | null;
  readonly detail: string;
}

/** What was already taken in, so that nothing is taken in twice; bounded, and carried from run to run. */
export interface Ledger {
  readonly seamEvents: readonly string[];
  /** With a digest of the order: the same key with another order is another order. */
  readonly actions: readonly { readonly key: string; readonly order: string }[];
}

/** What the present configuration would end and does not, until the brake or an operator lets it through (rule 10). */
export interface HeldBack {
  /** Units that it has no longer, or not with doors. */
  readonly units: readonly string[];
  /** Its times and policies, too. */
  readonly policy: boolean;
}

export interface ReservationState {
  readonly key: ReservationKey;
  readonly reservation: Reservation;
  readonly property: Property;
  /** Absent: the property is as the configuration says. */
  readonly heldBack?: HeldBack;
  readonly bookedAt: Instant;
  /** Since when the engine could make what is wanted now: booked, reinstated, a condition met, a unit assigned, a new grant begun. What is late counts from here. */
  readonly dueSince: Instant;
  /** When the present status was first heard. */
  readonly statusSince: Instant;
  /** When the PMS first said that the guest is in; null again when it takes that back. */
  readonly checkedInAt: Instant | null;
  /** A version of another type than before was refused: it, for the operator to see; null otherwise. */
  readonly refusedVersion: Version | null;
  /** Guests whom the PMS took off the booking after they had been told, or while they were: they hear of the end. */
  readonly formerGuests: readonly Guest[];
  /** Since when a required condition is missing; null while all are met. */
  readonly unmetSince: Instant | null;
  readonly operator: OperatorOrders;
  readonly rebooking: Rebooking;
  readonly accesses: readonly Access[];
  /** What other stays left behind in this one's units. Absent: nothing. */
  readonly residues?: readonly Residue[];
  /** By `lineKey`. */
  readonly lines: Readonly<Record<string, Line>>;
  /** What the desk told guests by voice, by guest: it counts as accepted. */
  readonly toldInPerson: Readonly<Record<string, Facts>>;
  /** By guest: how often a `reissue` ended the links to the guest's page; absent: never. */
  readonly passes?: Readonly<Record<string, number>>;
  /** By guest: when the guest last said on the page that a key does not work; absent: nobody did. */
  readonly helpAskedAt?: Readonly<Record<string, Instant>>;
  /** By guest: other Instant Keys that the guest asked for on the page; absent: nobody did. */
  readonly keyRequests?: Readonly<Record<string, KeyRequests>>;
  /** Newest last; absent: nothing was asked for yet. */
  readonly errands?: readonly Errand[];
  readonly messages: readonly Message[];
  /** Messages made so far, in all runs. */
  readonly sequence: number;
  /** By lane: one lane never has two commands at once. */
  readonly setbacks: Readonly<Record<string, Setback>>;
  /** `<channel> <cause>` that staff was told of (rule 13: once per cause). */
  readonly alerted: readonly string[];
  readonly ledger: Ledger;
  readonly timeline: readonly TimelineEntry[];
}

/** Of the link to the guest's page: only the present one opens it. */
export const passGeneration = ({ state, guestId }: { state: ReservationState; guestId: string }): number => state.passes?.[guestId] ?? 0;

/** Bounds of what is kept in memory and carried on; older entries are in Temporal's history. */
export const KEPT = { heardOf: 50, timeline: 100, messages: 100, seamEvents: 100, actions: 50 } as const;
