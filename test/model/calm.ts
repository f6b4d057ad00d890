/** Everything works again, everything is heard of, and time passes until nothing is left to do: then Seam and the guests hold what is booked. */
import { inForce, owed, stayEnd } from './entitlement.ts';
import type { Player } from './player.ts';
import { promise } from './promise.ts';
import { awaitsRebooking, isKept, isWhole, liveGrants } from './start-promises.ts';
import { isToldTruth } from './step-promises.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Longer than every pause within a stay: an hour after a failure, five minutes for a rebooking. */
const ROUNDS = 12;

export function calm(player: Player): void {
  for (let round = 0; round < ROUNDS; round += 1) {
    player.seam.heal();
    hearEverything(player);
    player.finish();
    const pauses = Object.values(player.state.setbacks).map(({ retryAt }) => retryAt);
    if (pauses.includes(null)) mend(player, round);
    player.advance(player.now + 61_000);
    player.finish();
    const next = pauses.filter((at) => at !== null && at > player.now).map(Number);
    if (next.length > 0) player.advance(Math.min(...next));
    player.finish();
    if (player.seam.events.length === 0 && Object.keys(player.state.setbacks).length === 0 && round > 1) break;
  }
  promisesOfCalm(player);
}

/** Also what was lost: the catch-up brings it. */
export function hearEverything(player: Player): void {
  const { seam } = player;
  const events = [...seam.lost, ...seam.events];
  seam.lost = [];
  seam.events = [];
  for (const event of events) {
    player.record.noteEvent();
    player.tell({ kind: 'seam', event });
  }
}

/** What only a person can mend has been mended, and is tried again. */
function mend(player: Player, round: number): void {
  player.order({ action: 'retry', idempotencyKey: `mend ${player.now} ${round}`, by: 'model', reason: null });
  player.finish();
}

function promisesOfCalm(player: Player): void {
  const { heard, now, seam, record } = player;
  const due = owed(heard, now);
  for (const right of due) {
    const grants = liveGrants({ player, ...right }).filter(({ key }) => !record.revoking.has(key));
    const whole = grants.filter((grant) => isWhole({ player, grant, right }));
    promise({ kept: whole.length === 1, what: 'in calm every right has its one grant', details: [right, grants] });
    const told = whole.map((grant) => ({ grant, roomId: right.roomId, unitId: right.unitId }));
    const isAlone = due.filter(({ guestId }) => guestId === right.guestId).length === 1;
    const knows = isAlone && isToldTruth({ player, guestId: right.guestId, grants: told });
    promise({ kept: !knows || grants.length === 1, what: 'in calm nobody keeps a grant that was replaced', details: grants });
  }
  const rights = inForce(heard, now);
  const strays = [...seam.grants.keys()].filter((key) => {
    const asked = record.asked.get(key);
    const isKeptSo = isKept({ player, asked });
    return (
      !isKeptSo && !awaitsRebooking(player) && !rights.some(({ roomId, guestId }) => roomId === asked?.roomId && guestId === asked.guestId)
    );
  });
  promise({ kept: strays.length === 0, what: 'in calm nothing is left that nobody may have', details: [strays, heard.reservation] });
  ofGuests(player);
}

/** Every open channel of every guest with a grant has told the truth, if the time has come. */
function ofGuests(player: Player): void {
  const { heard, now, post, record } = player;
  const { channels, revealBefore, quietHours } = heard.property.messages;
  const isLimited = player.view.reasons.some(({ code }) => code === 'message_limit');
  for (const [guestId, rights] of Map.groupBy(owed(heard, now), (right) => right.guestId)) {
    const guest = heard.reservation.guests.find(({ id }) => id === guestId);
    const startsAt = Math.min(...rights.map(({ window }) => window.startsAt));
    if (guest === undefined || now < startsAt - revealBefore) continue;
    const grants = rights.flatMap((right) => {
      const grant = liveGrants({ player, ...right }).find((candidate) => isWhole({ player, grant: candidate, right }));
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
      const isTold = last?.address === address && isToldTruth({ player, guestId, grants });
      promise({
        kept: isTold,
        what: 'in calm every guest has been told the truth on every channel',
        details: [line, address, last, post.letters],
      });
    }
  }
}

/** Past every deadline: nothing is left, and the workflow may end. */
export function end(player: Player): void {
  calm(player);
  const { order } = player;
  if (player.heard.isHeld) order.call(player, { action: 'release', waive: [], idempotencyKey: 'end', by: 'model', reason: null });
  player.advance(Math.max(player.now, stayEnd(player.heard)) + 2 * DAY);
  calm(player);
  promise({ kept: player.seam.grants.size === 0, what: 'after the end nothing is left', details: [...player.seam.grants.keys()] });
  promise({
    kept: player.isClosed,
    what: 'after the end the workflow ends',
    details: [player.state.lines, player.state.setbacks, player.state.accesses],
  });
}
