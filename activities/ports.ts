/**
 * The outside world as the activities need it. Real adapters live in `adapters/`, stand-ins in `simulator/` speak the same
 * wire protocols, so these ports are implemented once. Every method throws an `ApplicationFailure` of `failures.ts` when it fails.
 */
import type { AccessReading, Window } from '../workflows/domain/access.ts';
import type { CodeWish } from '../workflows/domain/code-wish.ts';
import type { Attempt, Deed } from '../workflows/domain/errand.ts';
import type { Learnt } from '../workflows/domain/failure-types.ts';
import type { LowLevelAccess } from '../workflows/domain/low-level.ts';
import type { Neighbour, OccupancyQuestion } from '../workflows/domain/occupancy.ts';
import type { DoorSet, Mode, Provision } from '../workflows/domain/property.ts';

/** Left out for Access Grants: they bear our key, and nothing else has to be known. */
interface ByProvider {
  readonly lowLevel?: LowLevelAccess;
}

export interface GrantRequest extends ByProvider {
  readonly grantKey: string;
  readonly userIdentityKey: string;
  /** Personal data: what the lock system shows beside the credential. */
  readonly fullName: string;
  readonly doors: DoorSet;
  readonly modes: readonly Mode[];
  /** How many of mode `card`; absent: one, where `modes` has it. */
  readonly cards?: number;
  readonly window: Window;
  readonly instantKeyMaxUses: number;
  /** How the page behind an Instant Key looks; absent: as the workspace has it. */
  readonly customizationProfileId?: string;
  /** For doors that can belong to a reservation; absent: never. `auto`: only if one of the doors does. */
  readonly reservation?: { readonly key: string; readonly policy: 'auto' | 'always' };
  /** Absent: Seam chooses the code. */
  readonly codeWish?: CodeWish;
}

/** Another Instant Key for a guest's identity. */
export interface KeyRequest {
  readonly userIdentityKey: string;
  readonly maxUses: number;
  /** When the present one ends: one that lives longer is the new one already. */
  readonly insteadOf: number;
  /** The guest asked for it then: a younger one is the new one already, whatever it lives. Absent: nobody asked. */
  readonly askedAt?: number;
  /** How its page looks; absent: as the workspace has it. */
  readonly customizationProfileId?: string;
}

export interface ReadRequest extends ByProvider {
  readonly grantKey: string;
  /** The key that earlier fingerprints of this grant were made with, or null. */
  readonly fingerprintKeyId: string | null;
}

export interface WindowRequest extends ByProvider {
  /** null where there is none: a low-level provider makes no grant. */
  readonly accessGrantId: string | null;
  readonly window: Window;
}

export interface RevocationRequest extends ByProvider {
  readonly grantKey: string;
  /** null where there is none, or where the answer to its creation was lost: then it is found by its key. */
  readonly accessGrantId: string | null;
  readonly accessMethodIds: readonly string[];
}

export interface Revoked {
  /** Neither the grant nor any of its methods can be read any more. */
  readonly gone: boolean;
  /** Methods that were not asked about: nothing was deleted, and the same is to be asked again with them. */
  readonly learnt?: Learnt;
}

export interface SecretRequest extends ByProvider {
  readonly accessMethodId: string;
  readonly fingerprintKeyId: string | null;
}

/**
 * Access to doors: Seam's Access Grants, or one of its low-level APIs. A grant stands here for what any of them makes for one room and
 * guest, a method for an access method, a credential, or a code.
 */
export interface AccessPort {
  /** Finds the identity and the grant by their keys, or creates them: however often it is called, there is one of each. */
  grant(request: GrantRequest, signal: AbortSignal): Promise<AccessReading>;
  /** Moves the times of a grant. Seam revokes and reissues its methods meanwhile. */
  changeWindow(request: WindowRequest, signal: AbortSignal): Promise<void>;
  /** What Seam shows of the grant now. */
  read(request: ReadRequest, signal: AbortSignal): Promise<AccessReading>;
  /** Another Instant Key for an identity; `isNew` false where an earlier try of the same request had made it. */
  renewKey(request: KeyRequest, signal: AbortSignal): Promise<{ readonly isNew: boolean }>;
  /**
   * Deletes the grant and each method, then reads back. `gone` is true only when that read shows neither the grant nor any of
   * the methods; false means that Seam still works on it, or that there is more than was asked about.
   */
  revoke(request: RevocationRequest, signal: AbortSignal): Promise<Revoked>;
  /** The secret of one method, read now: only the activity that sends it may ask, and it keeps nothing. */
  secret(request: SecretRequest, signal: AbortSignal): Promise<CredentialSecret>;
}

/** What is done once at a door or an encoder: action attempts of Seam's (reference: seam.md section 2.8). */
export interface ErrandPort {
  /** One deed, never repeated: a failure may come after it. With provider `acs` an access method is a credential. */
  send(
    request: { readonly deed: Deed; readonly provider: Provision['provider']; readonly lowLevel?: LowLevelAccess },
    signal: AbortSignal,
  ): Promise<Attempt>;
  follow(actionAttemptId: string, signal: AbortSignal): Promise<Attempt>;
}

/** Who else is booked into a unit. */
export interface NeighbourPort {
  find(question: OccupancyQuestion): Promise<readonly Neighbour[]>;
}

export interface CredentialSecret {
  /** A code's digits or an Instant Key's link; null where the method has neither (a card, a cloud key). */
  readonly secret: string | null;
  readonly issued: boolean;
  readonly fingerprint: string | null;
}

/** One e-mail, ready to go. */
export interface MailMessage {
  /** `<…@…>`: the same for every try of the same intent. */
  readonly messageId: string;
  readonly from: string | null;
  readonly replyTo: string | null;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly language: string;
  /** An iCalendar file without any code, or null. */
  readonly calendar: string | null;
}

export interface MailPort {
  /** Answers when the server has taken the message. */
  send(message: MailMessage, signal: AbortSignal): Promise<{ readonly messageId: string }>;
}

export interface SmsMessage {
  /** E.164. */
  readonly to: string;
  readonly body: string;
  /** Absolute URL for the provider's receipts, or null: then the message is looked up. */
  readonly statusCallback: string | null;
  /**
   * Set when an earlier try may have gone out: everything to this number since then is looked up first and the same body is
   * not sent again.
   */
  readonly lookUpSince: number | null;
}

export interface SmsPort {
  send(message: SmsMessage, signal: AbortSignal): Promise<{ readonly sid: string }>;
}
