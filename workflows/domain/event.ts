/** Everything that can happen to a reservation: what others say (messages) and what became of our own commands. */
import type { Action, ConfigurationFact, HelpRequest, Rebooked, Receipt, ReservationFact, SeamEvent } from '../messages.ts';
import type { AccessReading, Window } from './access.ts';
import type { Command } from './command.ts';
import type { Attempt } from './errand.ts';
import type { Failure } from './failure-types.ts';
import type { Residue } from './occupancy.ts';

/** What was found out about other stays of the unit; absent: nothing. */
interface Shared {
  readonly sharesWith?: string;
  readonly residues?: readonly Residue[];
}

export type Outcome =
  | {
      readonly kind: 'granted';
      readonly grantKey: string;
      readonly reading: AccessReading;
      readonly rebooks: string | null;
      readonly sharesWith: string | null;
      readonly residues?: readonly Residue[];
    }
  | ({ readonly kind: 'windowChanged'; readonly grantKey: string; readonly window: Window } & Shared)
  /** Nobody is in the way any more. */
  | ({ readonly kind: 'unitFree'; readonly grantKey: string } & Shared)
  /** The workflow of the stay that replaces this one, or null. */
  | { readonly kind: 'rebookingLookedFor'; readonly by: string | null }
  | { readonly kind: 'handedOver' }
  | { readonly kind: 'read'; readonly grantKey: string; readonly reading: AccessReading }
  /** `isNew` false: another one was there already. */
  | { readonly kind: 'keyRenewed'; readonly guestId: string; readonly isNew: boolean }
  /** Proven by a read-back. */
  | { readonly kind: 'revoked'; readonly grantKey: string }
  | { readonly kind: 'sent'; readonly messageId: string; readonly providerId: string; readonly residues?: readonly Residue[] }
  | { readonly kind: 'errand'; readonly errandKey: string; readonly attempt: Attempt }
  /** The proof did not show what the message says: nothing was sent. */
  | { readonly kind: 'outdated'; readonly messageId: string };

export type Event =
  | { readonly kind: 'reservation'; readonly fact: ReservationFact }
  | { readonly kind: 'property'; readonly fact: ConfigurationFact }
  | { readonly kind: 'seam'; readonly event: SeamEvent }
  | { readonly kind: 'receipt'; readonly receipt: Receipt }
  | { readonly kind: 'rebooked'; readonly rebooked: Rebooked }
  | { readonly kind: 'contested'; readonly unitId: string }
  | { readonly kind: 'action'; readonly action: Action }
  | { readonly kind: 'help'; readonly request: HelpRequest }
  | { readonly kind: 'started'; readonly command: Command }
  | { readonly kind: 'ended'; readonly command: Command; readonly outcome: Outcome }
  | { readonly kind: 'failed'; readonly command: Command; readonly failure: Failure };
