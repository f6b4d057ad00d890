/** Everything that the outside does with reservations: the one façade in front of their workflows. */
import { RecentIds } from '../activities/recent-ids.ts';
import type { DoorPlace, GrantAtDoor } from '../activities/upkeep-ports.ts';
import type { PassView } from '../workflows/domain/pass-view.ts';
import type { Reservation } from '../workflows/domain/reservation.ts';
import type { ReservationView } from '../workflows/domain/view-types.ts';
import type { Action, ActionOutcome } from '../workflows/messages.ts';
import type { GrantKeyOf } from './grant-keys.ts';
import { act } from './reservations/act.ts';
import { type Address, type Context, EVERYTHING, type Scope } from './reservations/context.ts';
import type { KeyUses } from './reservations/key-use.ts';
import { type ListFilters, list, type ReservationList } from './reservations/list.ts';
import { askForHelp, type OfGuest, pass, propertyOfStay } from './reservations/pass.ts';
import { type PutAnswer, put } from './reservations/put.ts';
import { type ReportedStatus, takeReceipt } from './reservations/receipt.ts';
import { takeSeamEvent } from './reservations/seam-event.ts';
import { view } from './reservations/view.ts';

/** `scope` limits what is seen and touched; left out, it is everything. What lies outside reads as unknown. */
interface Scoped {
  readonly scope?: Scope;
}

/**
 * Each method throws `TemporalUnavailable` where Temporal does not answer within 5 s; what else it throws is said with it. The errors
 * are those of `refusals.ts`.
 */
export interface Reservations {
  /** Durable once answered, with no worker alive. @throws BadRequest (version), UnknownReservation */
  put(put: Address & Scoped & { readonly reservation: Reservation }): Promise<PutAnswer>;
  /** null: unknown. @throws NoWorker within 3 s; a closed reservation needs no worker. */
  view(asked: Address & Scoped): Promise<ReservationView | null>;
  /** @throws BadRequest (cursor) */
  list(asked: Scoped & { readonly filters: ListFilters; readonly limit: number; readonly cursor: string | null }): Promise<ReservationList>;
  /** @throws UnknownReservation, Conflict with the reason, NoWorker within 3 s */
  act(asked: Address & Scoped & { readonly action: Action }): Promise<ActionOutcome>;
  /** For a guest's page. null: the stay is unknown, or has no such guest. @throws NoWorker within 3 s; a closed stay needs no worker. */
  pass(asked: OfGuest): Promise<PassView | null>;
  /** A guest says that a key does not work: durable once answered, with no worker alive. false: the stay is unknown or closed. */
  askForHelp(asked: OfGuest): Promise<boolean>;
  /** The property of a stay that no worker answers for; null where Temporal does not say. Throws nothing. */
  propertyOfStay(asked: OfGuest): Promise<string | null>;
  /** A verified webhook of Seam's; answers how many workflows heard of it. */
  seamEvent(event: unknown): Promise<number>;
  /** A verified status of the SMS service; answers whether a workflow heard of it. */
  receipt(reported: { readonly workflowId: string; readonly receipt: ReportedStatus }): Promise<boolean>;
}

export interface ReservationsDependencies extends Context {
  readonly grantKeyOf: GrantKeyOf;
  /** Asks Seam for the grants of a door or a space. */
  readonly grantsAt: (place: DoorPlace) => Promise<readonly GrantAtDoor[]>;
  /** Asks Seam whose an access code is; null where it does not answer. */
  readonly holdersOfCode: KeyUses['holdersOf'];
}

/** Codes of a large house, used and done with. */
const REMEMBERED = 10_000;

export function createReservations({ grantKeyOf, grantsAt, holdersOfCode: holdersOf, ...context }: ReservationsDependencies): Reservations {
  const keyUses: KeyUses = { holdersOf, known: new RecentIds(REMEMBERED) };
  return {
    put: ({ scope = EVERYTHING, ...asked }) => put({ context, scope, ...asked }),
    view: ({ scope = EVERYTHING, ...asked }) => view({ context, scope, ...asked }),
    list: ({ scope = EVERYTHING, ...asked }) => list({ context, scope, ...asked }),
    act: ({ scope = EVERYTHING, ...asked }) => act({ context, scope, ...asked }),
    seamEvent: (event) => takeSeamEvent({ context, event, grantKeyOf, grantsAt, keyUses }),
    pass: (asked) => pass({ context, ...asked }),
    askForHelp: (asked) => askForHelp({ context, ...asked }),
    propertyOfStay: (asked) => propertyOfStay({ context, ...asked }),
    receipt: (reported) => takeReceipt({ context, ...reported }),
  };
}
