/**
 * What is to be done in the outside world. `lane`: two commands of one lane never run at once. `key`: what exactly is done; the same
 * key is the same deed, however often it is decided on.
 */
import type { EndingCause, Window } from './access.ts';
import type { DesiredAccess } from './access-plan.ts';
import type { Facts, Notice } from './notice.ts';
import type { Channel } from './property.ts';
import type { Instant } from './reservation.ts';
import type { UnitWindow } from './unit-window.ts';

interface Keyed {
  readonly lane: string;
  readonly key: string;
}

export interface GrantCommand extends Keyed {
  readonly kind: 'grant';
  readonly grantKey: string;
  readonly generation: number;
  readonly desired: DesiredAccess;
}

export interface ChangeWindowCommand extends Keyed {
  readonly kind: 'changeWindow';
  readonly grantKey: string;
  /** null: a low-level provider makes no grant. */
  readonly accessGrantId: string | null;
  readonly window: Window;
}

/** The unit of a guest who was let in is asked about again: a stay that was booked first came into it. */
export interface AskForUnitCommand extends Keyed {
  readonly kind: 'askForUnit';
  readonly grantKey: string;
  readonly unit: UnitWindow;
  readonly heardAt: Instant;
}

export interface ReadCommand extends Keyed {
  readonly kind: 'read';
  readonly grantKey: string;
}

/** Another Instant Key of a guest: the present one is dead before access starts, or the guest asks for it. */
export interface RenewKeyCommand extends Keyed {
  readonly kind: 'renewKey';
  readonly grantKey: string;
  readonly guestId: string;
  /** The moment at which the present one ends. */
  readonly insteadOf: Instant;
  /** null: nobody asked. */
  readonly askedAt: Instant | null;
}

export interface RevokeCommand extends Keyed {
  readonly kind: 'revoke';
  readonly grantKey: string;
  readonly why: EndingCause;
}

/** A cancelled stay looks for the one that replaces it before anything is taken back. */
export interface FindRebookingCommand extends Keyed {
  readonly kind: 'findRebooking';
}

/** The stay that replaces another tells it that the guest holds the new access. */
export interface HandOverCommand extends Keyed {
  readonly kind: 'handOver';
  readonly workflowId: string;
}

export interface SendCommand extends Keyed {
  readonly kind: 'send';
  readonly messageId: string;
  /** `STAFF` for staff. */
  readonly guestId: string;
  readonly channel: Channel;
  readonly address: string;
  readonly notice: Notice;
  /** What is claimed once it is accepted; null for messages that claim nothing. */
  readonly facts: Facts | null;
  /** Causes that this message tells staff of. */
  readonly causes: readonly string[];
  /** An earlier try may have gone out since then. */
  readonly lookUpSince: Instant | null;
}

/** Done at most once, whatever comes of it (rule 8). */
export interface SendErrandCommand extends Keyed {
  readonly kind: 'sendErrand';
  readonly errandKey: string;
}

export interface FollowErrandCommand extends Keyed {
  readonly kind: 'followErrand';
  readonly errandKey: string;
}

export type Command =
  | GrantCommand
  | ChangeWindowCommand
  | AskForUnitCommand
  | ReadCommand
  | RenewKeyCommand
  | RevokeCommand
  | FindRebookingCommand
  | HandOverCommand
  | SendCommand
  | SendErrandCommand
  | FollowErrandCommand;
