/** What `ready` means: every door opens by an issued key, and the guest holds the truth or is about to. */
import type { ReservationView } from '../../workflows/domain/view-types.ts';
import { inForce, withheld } from './entitlement.ts';
import { isMadeFor, isWhole, liveGrants } from './holding.ts';
import { promise } from './promise.ts';
import { contentOfGrants, type Granted, opensBy } from './proof.ts';
import type { Watched } from './watched.ts';

/** Everything that happened in Seam has been heard of: what the engine says must be so. */
const isHeardOut = ({ seam }: Watched): boolean =>
  ![...seam.grants.values()].some(({ id }) => seam.isUnheard(id)) && seam.events.length + seam.lost.length === 0;

export function promisesOfReadiness(stay: Watched, view: ReservationView): void {
  if (view.readiness !== 'ready' || !isHeardOut(stay)) return;
  const { heard, now } = stay;
  // Where nothing new is made, what exists is all there is to be.
  const due = inForce(heard, now).filter(
    (right) => withheld(heard) === 'nothing' || liveGrants({ stay, ...right }).some((grant) => isMadeFor({ grant, right })),
  );
  promise({ kept: !heard.isHeld && due.length > 0, what: 'ready only where somebody may get in', details: heard.reservation });
  const held = due.map((right) => ({ right, grant: liveGrants({ stay, ...right }).find((grant) => isWhole({ stay, grant, right })) }));
  const missing = held.filter(({ grant }) => grant === undefined);
  promise({ kept: missing.length === 0, what: 'ready only when every door opens by an issued key', details: missing });
  for (const [guestId, rooms] of Map.groupBy(held, ({ right }) => right.guestId)) {
    const guest = heard.reservation.guests.find(({ id }) => id === guestId);
    if (guest === undefined || (guest.email === null && guest.phone === null)) continue;
    const grants = rooms.flatMap(({ grant, right }) =>
      grant === undefined ? [] : [{ grant, roomId: right.roomId, unitId: right.unitId }],
    );
    promise({
      kept: holdsTruth({ stay, view, guestId, grants }),
      what: 'ready only when the guest holds the truth or is about to',
      details: guestId,
    });
  }
}

interface Held {
  readonly stay: Watched;
  readonly guestId: string;
  readonly grants: readonly Granted[];
}

function holdsTruth({ stay, view, guestId, grants }: Held & { readonly view: ReservationView }): boolean {
  const isScheduled = view.messages.some(
    (message) => message.guestId === guestId && message.state === 'scheduled' && Date.parse(message.at) > stay.now,
  );
  return isScheduled || isToldTruth({ stay, guestId, grants });
}

/** The last that some channel told, or the desk, is what Seam holds. */
export function isToldTruth({ stay, guestId, grants }: Held): boolean {
  const content = contentOfGrants({ stay, guestId, grants });
  const inPerson = stay.record.toldInPerson.get(guestId);
  if (grants.every(({ grant }) => inPerson?.get(grant.key) === opensBy({ seam: stay.seam, grant }))) return true;
  return (['email', 'sms'] as const).some(
    (channel) => stay.post.heldBy({ guestId, channel }).findLast(({ grantKeys }) => grantKeys.length > 0)?.content === content,
  );
}
