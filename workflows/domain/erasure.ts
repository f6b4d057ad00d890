/** What has to go when a stay is erased, and the skeleton of it that the audit log keeps (rule 20). */
import { userIdentityKeyOf } from './ids.ts';
import type { AccessView, MessageView, ReservationView } from './view-types.ts';

/** Times, doors and outcomes: nothing that says whose stay it was. Times are ISO 8601 in UTC. */
export interface Skeleton {
  readonly propertyId: string;
  readonly status: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly access: readonly {
    readonly unitId: string;
    readonly startsAt: string;
    readonly endsAt: string;
    readonly state: AccessView['state'];
    readonly modes: readonly string[];
    readonly doors: readonly { readonly doorId: string; readonly kind: string }[];
    readonly absenceVerifiedAt: string | null;
    readonly residualUntil: string | null;
  }[];
  readonly messages: readonly Pick<MessageView, 'at' | 'kind' | 'channel' | 'state'>[];
}

export interface Remains {
  /** Of everybody who may have had a key: Seam knows no identity of the others. */
  readonly userIdentityKeys: readonly string[];
  /** The SMS service's ids of what was sent for this stay, to staff too. */
  readonly smsIds: readonly string[];
  /** Mails that were sent: nobody can take them back. */
  readonly mails: number;
  readonly skeleton: Skeleton;
}

/** Guests who were taken off the booking are still in its accesses and messages. */
export function remainsOf(view: ReservationView): Remains {
  const { workflowId, guests, access, messages } = view;
  const guestIds = new Set([
    ...guests.map((guest) => guest.id),
    ...access.map((granted) => granted.guestId),
    ...messages.flatMap((message) => message.guestId ?? []),
  ]);
  const sent = messages.filter((message) => message.providerId !== null);
  return {
    userIdentityKeys: [...guestIds].map((guestId) => userIdentityKeyOf({ workflowId, guestId })),
    smsIds: [...new Set(sent.flatMap(({ channel, providerId }) => (channel === 'sms' && providerId !== null ? [providerId] : [])))],
    mails: sent.filter(({ channel }) => channel === 'email').length,
    skeleton: skeletonOf(view),
  };
}

/** Picked field by field: what is not named here is not kept. */
const skeletonOf = ({ propertyId, status, window, access, messages }: ReservationView): Skeleton => ({
  propertyId,
  status,
  startsAt: window.startsAt,
  endsAt: window.endsAt,
  access: access.map(({ unitId, startsAt, endsAt, state, methods, doors, absenceVerifiedAt, residualUntil }) => ({
    unitId,
    startsAt,
    endsAt,
    state,
    modes: methods.map((method) => method.mode),
    doors: doors.map(({ id, kind }) => ({ doorId: id, kind })),
    absenceVerifiedAt,
    residualUntil,
  })),
  messages: messages.map(({ at, kind, channel, state }) => ({ at, kind, channel, state })),
});
