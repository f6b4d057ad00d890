/** What an erasure needs of the outside world (rule 20). Every method may be repeated, and fails as those of `ports.ts` do. */
import type { Skeleton } from '../workflows/domain/erasure.ts';
import type { ReservationView } from '../workflows/domain/view-types.ts';

export type LastRun =
  | { readonly kind: 'running' }
  | { readonly kind: 'gone' }
  | { readonly kind: 'closed'; readonly view: ReservationView };

/** What Temporal keeps of reservations. */
export interface HistoryPort {
  last(workflowId: string): Promise<LastRun>;
  isRunning(workflowId: string): Promise<boolean>;
  /** Deletes every closed run, never a running one. `gone` is true only when a read after it shows no closed run. */
  remove(workflowId: string, signal: AbortSignal): Promise<{ readonly gone: boolean }>;
}

/** The people of Seam's workspace. */
export interface IdentityPort {
  /** Deletes the identity of this key. `gone` is true only when a read after it does not show it. */
  forget(userIdentityKey: string, signal: AbortSignal): Promise<{ readonly gone: boolean }>;
}

/** What the SMS service keeps of sent messages. */
export interface SentSmsPort {
  /** Whether text and number are gone; false where the service does not allow it. */
  remove(smsId: string, signal: AbortSignal): Promise<boolean>;
}

/** What an audit keeps of an erased stay. */
export interface AuditEntry {
  /** Hash of the reservation's key: whoever knows the key finds the line, and the line does not name it. */
  readonly stay: string;
  /** The name of the token that asked; null: its time had come. */
  readonly by: string | null;
  readonly erasedAt: string;
  readonly identities: number;
  /** Messages whose text lies with a provider still: mails always, SMS where the service does not remove them. */
  readonly bodiesLeft: { readonly mails: number; readonly sms: number };
  readonly skeleton: Skeleton;
}

export interface AuditPort {
  record(entry: AuditEntry): void;
}

/** Finds the closed reservations whose time has come, and starts the erasure of each. */
export interface DueErasuresPort {
  start(signal: AbortSignal): Promise<{ readonly started: number }>;
}
