/** What holds once everything works and everything is heard of: Seam and the guests hold what is booked, no more and no less. */
import { inForce, owed } from './entitlement.ts';
import { awaitsRebooking, isKept, isWhole, liveGrants } from './holding.ts';
import { promise } from './promise.ts';
import { isToldTruth } from './step-promises.ts';
import type { Watched } from './watched.ts';

export function promisesOfCalm(stay: Watched): void {
  const { heard, now, seam, record } = stay;
  const due = owed(heard, now);
  for (const right of due) {
    const grants = liveGrants({ stay, ...right }).filter(({ key }) => !record.revoking.has(key));
    const whole = grants.filter((grant) => isWhole({ stay, grant, right }));
    promise({ kept: whole.length === 1, what: 'in calm every right has its one grant', details: [right, grants] });
    const told = whole.map((grant) => ({ grant, roomId: right.roomId, unitId: right.unitId }));
    const isAlone = due.filter(({ guestId }) => guestId === right.guestId).length === 1;
    const knows = isAlone && isToldTruth({ stay, guestId: right.guestId, grants: told });
    promise({ kept: !knows || grants.length === 1, what: 'in calm nobody keeps a grant that was replaced', details: grants });
  }
  const rights = inForce(heard, now);
  const strays = [...seam.grants.keys()].filter((key) => {
    const asked = record.asked.get(key);
    const isKeptSo = isKept({ stay, asked });
    return (
      !isKeptSo && !awaitsRebooking(stay) && !rights.some(({ roomId, guestId }) => roomId === asked?.roomId && guestId === asked.guestId)
    );
  });
  promise({ kept: strays.length === 0, what: 'in calm nothing is left that nobody may have', details: [strays, heard.reservation] });
  ofGuests(stay);
}

/** Every open channel of every guest with a grant has told the truth, if the time has come. */
function ofGuests(stay: Watched): void {
  const { heard, now, post, record } = stay;
  const { channels, revealBefore, quietHours } = heard.property.messages;
  const isLimited = stay.view.reasons.some(({ code }) => code === 'message_limit');
  for (const [guestId, rights] of Map.groupBy(owed(heard, now), (right) => right.guestId)) {
    const guest = heard.reservation.guests.find(({ id }) => id === guestId);
    const startsAt = Math.min(...rights.map(({ window }) => window.startsAt));
    if (guest === undefined || now < startsAt - revealBefore) continue;
    const grants = rights.flatMap((right) => {
      const grant = liveGrants({ stay, ...right }).find((candidate) => isWhole({ stay, grant: candidate, right }));
      return grant === undefined ? [] : [{ grant, roomId: right.roomId, unitId: right.unitId }];
    });
    for (const channel of channels) {
      const address = channel === 'email' ? guest.email : guest.phone;
      const line = `${channel}/${guestId}`;
      const last = post.heldBy({ guestId, channel }).findLast(({ grantKeys }) => grantKeys.length > 0);
      const isOther =
        (address !== null && record.left.has(address)) || post.heldBy({ guestId, channel }).some((letter) => letter.address !== address);
      const isStranger = heard.property.messages.contactChange === 'confirm' && record.confirmed.get(line) !== address && isOther;
      if (isLimited || address === null || isStranger || record.refused.has(line) || (channel === 'sms' && quietHours !== null)) continue;
      const isTold = last?.address === address && isToldTruth({ stay, guestId, grants });
      promise({
        kept: isTold,
        what: 'in calm every guest has been told the truth on every channel',
        details: [line, address, last, post.letters],
      });
    }
  }
}
