/**
 * What a message says, before it is put into words. Facts hold ids, times and fingerprints, never a code or link: those are
 * read from Seam by the activity that sends, in the same breath as the proof.
 */
import type { DoorKind, Window } from './access.ts';
import type { Channel, DayHours, Mode } from './property.ts';
import type { Instant } from './reservation.ts';

export type NoticeKind = 'access_ready' | 'access_changed' | 'access_pending' | 'access_ended' | 'contact_changed' | 'staff_alert';

/** One key that opens the room's doors. */
export interface KeyFact {
  readonly accessMethodId: string;
  readonly mode: Mode;
  readonly fingerprint: string | null;
  /** The doors that this key opens, by id: usually all of the room's. */
  readonly doors: readonly string[];
}

/** One room as a guest is told of it. */
export interface RoomFact {
  readonly grantKey: string;
  readonly roomId: string;
  readonly unitId: string;
  readonly window: Window;
  readonly doors: readonly { readonly id: string; readonly kind: DoorKind; readonly name: string }[];
  readonly keys: readonly KeyFact[];
}

/** Everything that a guest may rely on after a message; two messages differ exactly when these do. */
export interface Facts {
  readonly rooms: readonly RoomFact[];
  /** The generation of the link to the guest's page, where a message names the page; absent: the first, 0. */
  readonly pass?: number;
}

/** Who gets a message. Personal data: encrypted in history, masked in the view. */
export interface Recipient {
  readonly name: string;
  /** An e-mail address or an E.164 number, as the channel needs. */
  readonly address: string;
  readonly language: string;
}

/** How the property signs and where it can be reached. */
export interface Sender {
  readonly propertyName: string;
  readonly timeZone: string;
  readonly from: string | null;
  readonly replyTo: string | null;
  readonly helpLine: string | null;
  /** Told where a guest is sent to the desk; absent: it is not said. */
  readonly deskHours?: DayHours;
}

/** Whom to tell of what is no single stay's, by what the configuration says. */
export interface StaffContact {
  readonly sender: Sender;
  readonly language: string;
  readonly recipients: readonly { readonly channel: Channel; readonly address: string }[];
}

/** What the words are made from, one shape per kind of message. */
export type Notice =
  | { readonly kind: 'access_ready'; readonly facts: Facts; readonly content: 'code' | 'pass' }
  /** `before` is what this channel told last: only the difference is said. */
  | { readonly kind: 'access_changed'; readonly facts: Facts; readonly before: Facts; readonly content: 'code' | 'pass' }
  | { readonly kind: 'access_pending'; readonly startsAt: Instant; readonly unitIds: readonly string[] }
  | { readonly kind: 'access_ended'; readonly endedAt: Instant; readonly unitIds: readonly string[] }
  | { readonly kind: 'contact_changed'; readonly unitIds: readonly string[] }
  /** `reservationKey` names the stay; the texts hold no personal data. */
  | {
      readonly kind: 'staff_alert';
      readonly reservationKey: string;
      readonly startsAt: Instant | null;
      readonly causes: readonly { readonly code: string; readonly text: string }[];
    };

/** One message on one channel: the unit that is sent, looked up and followed. */
export interface Message {
  /** `m<n>`, unique within the reservation for ever: the same intent has the same id however often it is tried. */
  readonly id: string;
  /** null: to staff. */
  readonly guestId: string | null;
  readonly channel: Channel;
  readonly kind: NoticeKind;
  readonly state: 'sending' | 'sent' | 'delivered' | 'failed' | 'skipped';
  /** Where it went, which need not be the guest's address any more; shown shortened (`a…@example.com`), and kept so by stays begun before. */
  readonly to: string;
  readonly at: Instant;
  readonly providerId: string | null;
  readonly reason: string | null;
}
