/** The view of a reservation: contract, section 6. Times are ISO 8601 in UTC. No code, link or token is ever in it. */
import type { DoorKind, MethodState } from './access.ts';
import type { NoticeKind } from './notice.ts';
import type { Channel, Mode } from './property.ts';
import type { ReservationStatus, Version } from './reservation.ts';

export type Readiness = 'pending' | 'ready' | 'at_risk' | 'blocked' | 'closing' | 'closed';
export type Actor = 'pms' | 'operator' | 'seam' | 'guest' | 'engine';
export type AccessState = 'planned' | 'requested' | 'issued' | 'failed' | 'revoking' | 'revoked' | 'residual';

export interface ReasonView {
  readonly code: string;
  readonly text: string;
  readonly for: 'staff' | 'guest';
  readonly deadline: string | null;
}

export interface WindowView {
  readonly startsAt: string;
  readonly endsAt: string;
  readonly timeZone: string;
}

export interface AccessView {
  readonly grantKey: string;
  readonly accessGrantId: string | null;
  readonly roomId: string;
  readonly guestId: string;
  readonly unitId: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly state: AccessState;
  readonly doors: readonly {
    readonly id: string;
    readonly kind: DoorKind;
    readonly name: string;
    readonly state: 'waiting' | 'granted' | 'lost' | 'impossible';
  }[];
  readonly methods: readonly {
    readonly accessMethodId: string;
    readonly mode: Mode;
    readonly state: MethodState;
    readonly isBackupCode: boolean;
  }[];
  readonly absenceVerifiedAt: string | null;
  readonly residualUntil: string | null;
}

export interface MessageView {
  readonly id: string;
  readonly guestId: string | null;
  readonly channel: Channel;
  readonly kind: NoticeKind;
  readonly state: 'scheduled' | 'sending' | 'sent' | 'delivered' | 'failed' | 'skipped';
  readonly to: string;
  readonly at: string;
  readonly providerId: string | null;
  readonly reason: string | null;
}

export interface TimelineView {
  readonly at: string;
  readonly what: string;
  readonly actor: Actor;
  readonly by: string | null;
  readonly detail: string;
}

export interface ReservationView {
  readonly key: string;
  readonly source: string;
  readonly reservationId: string;
  readonly workflowId: string;
  readonly propertyId: string;
  readonly version: Version;
  readonly status: ReservationStatus;
  readonly readiness: Readiness;
  readonly reasons: readonly ReasonView[];
  readonly window: WindowView;
  readonly guests: readonly {
    readonly id: string;
    readonly name: string;
    readonly told: 'none' | 'scheduled' | 'accepted' | 'delivered';
  }[];
  readonly access: readonly AccessView[];
  readonly messages: readonly MessageView[];
  readonly next: readonly { readonly at: string; readonly what: string }[];
  readonly timeline: readonly TimelineView[];
}
