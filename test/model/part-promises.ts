/** Rule 12: patience ends, and what opens by then is told, although something else does not open yet. */
import { type Entitlement, owed } from './entitlement.ts';
import { isUsable, type ModelGrant, openedBy } from './grant.ts';
import { isMadeFor, liveGrants, sameWindow } from './holding.ts';
import { heldOn, isOpen, linesOf } from './line.ts';
import { promise } from './promise.ts';
import { contentOfGrants } from './proof.ts';
import type { Watched } from './watched.ts';

/** Some time for Seam to settle, when its reads disagreed, and a minute for rooms to be told together. Milliseconds. */
const PATIENCE = 7 * 60_000;

/** Of a stay where nothing is under way and everything was heard of. */
export function promisesOfParts(stay: Watched): void {
  const { heard, now, seam, record } = stay;
  if (seam.events.length + seam.lost.length > 0) return;
  for (const [guestId, rights] of Map.groupBy(owed(heard, now), (right) => right.guestId)) {
    const [right] = rights;
    if (right === undefined || rights.length > 1) continue;
    const { revealBefore } = heard.property.messages;
    const from = Math.max(
      right.window.startsAt - Math.min(revealBefore, heard.property.access.attentionBefore),
      heard.dueSince,
      record.outdatedAt,
    );
    const [grant, ...others] = liveGrants({ stay, ...right });
    if (now < from + PATIENCE || grant === undefined || others.length > 0 || !opensSomething({ stay, grant, right })) continue;
    for (const line of linesOf({ stay, guests: heard.reservation.guests.filter(({ id }) => id === guestId) }).filter(isOpen)) {
      const last = heldOn(line).findLast(({ grantKeys }) => grantKeys.length > 0);
      const isTold = last?.content === contentOfGrants({ stay, guestId, grants: [{ grant, roomId: right.roomId, unitId: right.unitId }] });
      promise({
        kept: isTold,
        what: 'what opens is told when there is no time to wait for the rest',
        details: [line.address, last, grant],
      });
    }
  }
}

function opensSomething({ stay, grant, right }: { stay: Watched; grant: ModelGrant; right: Entitlement }): boolean {
  const { seam, record } = stay;
  const isSteady = grant.coming === null && !grant.isBeingDeleted && grant.methods.every(({ state }) => state !== 'updating');
  const isInTime = sameWindow({ stay, a: grant.window, b: right.window });
  const isOurs = !record.revoking.has(grant.key) && !record.superseded.has(grant.key) && grant.foreign.length === 0;
  const opens = grant.methods.some(isUsable) && openedBy({ grant, dead: seam.dead }).length > 0;
  return isMadeFor({ grant, right }) && isSteady && isInTime && isOurs && opens;
}
