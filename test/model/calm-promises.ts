/** What holds once everything works and everything is heard of: Seam and the guests hold what is booked, no more and no less. */

import { promisesOfWordsInCalm } from './calm-words.ts';
import { inForce, isIncomplete, owed } from './entitlement.ts';
import { awaitsRebooking, isKept, isMoving, isWhole, liveGrants } from './holding.ts';
import { heldOn, isOpen, linesOf } from './line.ts';
import { promise } from './promise.ts';
import { contentOfGrants } from './proof.ts';
import { isToldTruth } from './ready-promises.ts';
import type { Watched } from './watched.ts';

export function promisesOfCalm(stay: Watched): void {
  const { heard, now, seam, record } = stay;
  const due = owed(heard, now);
  for (const right of due) {
    const grants = liveGrants({ stay, ...right }).filter(({ key }) => !record.revoking.has(key));
    const whole = grants.filter((grant) => isWhole({ stay, grant, right }));
    promise({ kept: whole.length === 1, what: 'in calm every right has its one grant', details: [right, grants] });
    const told = whole.map((grant) => ({ grant, roomId: right.roomId, unitId: right.unitId }));
    const guests = heard.reservation.guests.filter(({ id }) => id === right.guestId);
    // All rooms of a guest are told together.
    const isAlone = heard.reservation.rooms.filter(({ id }) => guests.some(({ roomIds }) => roomIds.includes(id))).length === 1;
    const isReached = linesOf({ stay, guests }).some(
      ({ channel, guest: { id }, address }) => record.addresses.refused.get(`${channel}/${id}`) !== address,
    );
    const knows = isAlone && isReached && isToldTruth({ stay, guestId: right.guestId, grants: told });
    promise({ kept: !knows || grants.length === 1, what: 'in calm nobody keeps a grant that was replaced', details: grants });
  }
  const rights = inForce(heard, now);
  const strays = [...seam.grants.keys()].filter((key) => {
    const asked = record.asked.get(key);
    const isKeptSo = isKept({ stay, asked }) || isMoving({ stay, key, asked });
    return (
      !isKeptSo && !awaitsRebooking(stay) && !rights.some(({ roomId, guestId }) => roomId === asked?.roomId && guestId === asked.guestId)
    );
  });
  promise({ kept: strays.length === 0, what: 'in calm nothing is left that nobody may have', details: [strays, heard.reservation] });
  ofGuests(stay);
  promisesOfWordsInCalm(stay);
}

/** What was on its way when a person ordered it again is that word, too: so long before it counts. Milliseconds. */
const ON_ITS_WAY = 3 * 60_000;

/** A room without a unit keeps the others untold so long at least. Milliseconds. */
const ROOMS_TOGETHER = 60_000;

/** Every open channel of every guest with a grant has told the truth, if the time has come. */
function ofGuests(stay: Watched): void {
  const { heard, now } = stay;
  for (const [guestId, rights] of Map.groupBy(owed(heard, now), (right) => right.guestId)) {
    const guests = heard.reservation.guests.filter(({ id }) => id === guestId);
    const startsAt = Math.min(...rights.map(({ window }) => window.startsAt));
    if (now < startsAt - heard.property.messages.revealBefore) continue;
    const isPatient = now < Math.max(startsAt - heard.property.access.attentionBefore, heard.dueSince + ROOMS_TOGETHER);
    if (isPatient && isIncomplete(heard, guestId)) continue;
    const grants = rights.flatMap((right) => {
      const grant = liveGrants({ stay, ...right }).find((candidate) => isWhole({ stay, grant: candidate, right }));
      return grant === undefined ? [] : [{ grant, roomId: right.roomId, unitId: right.unitId }];
    });
    for (const line of linesOf({ stay, guests }).filter(isOpen)) {
      const last = heldOn(line).findLast(({ grantKeys }) => grantKeys.length > 0);
      promise({
        kept: last?.address === line.address && last.content === contentOfGrants({ stay, guestId, grants }),
        what: 'in calm every guest has been told the truth on every channel',
        details: [line.channel, line.address, last, stay.post.letters],
      });
      const orderedAt = stay.record.addresses.resent.get(`${line.channel}/${guestId}`) ?? 0;
      const isAgain = last !== undefined && Math.max(last.at, last.repeatedAt) >= orderedAt - ON_ITS_WAY;
      promise({ kept: isAgain, what: 'what a person orders to be told again is', details: [line.channel, last, orderedAt] });
    }
  }
}
