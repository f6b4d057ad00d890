/** What holds after every step, whatever is under way. */
import type { ReservationView } from '../../workflows/domain/view-types.ts';
import { promisesOfCards } from './card-promises.ts';
import { endOf, entitlements, inForce, stayEnd } from './entitlement.ts';
import { awaitsRebooking, isKept, isMoving, sameDoors } from './holding.ts';
import { promisesOfParts } from './part-promises.ts';
import { promise } from './promise.ts';
import { promisesOfReadiness } from './ready-promises.ts';
import type { Watched } from './watched.ts';
import { promisesOfWords } from './word-promises.ts';

export function promisesOfStep(stay: Watched): void {
  const { view, heard } = stay;
  promise({
    kept: view.version === heard.reservation.version,
    what: 'the newest version is what holds',
    details: [view.version, heard.reservation.version],
  });
  ofSecrets(stay, view);
  ofGrants(stay);
  ofEnd(stay, view);
  promisesOfCards(stay, view);
  const inverted = view.access.filter(({ startsAt, endsAt }) => endsAt <= startsAt);
  promise({ kept: inverted.length === 0, what: 'access begins before it ends', details: inverted });
  promisesOfReadiness(stay, view);
  ofReasons(stay, view);
  promisesOfWords(stay, view);
  if (!stay.isQuiet) return;
  ofQuiet(stay);
  promisesOfParts(stay);
}

function ofSecrets({ seam }: Watched, view: ReservationView): void {
  const text = JSON.stringify(view);
  const leaked = [...seam.secrets.all].filter((secret) => text.includes(secret));
  promise({ kept: leaked.length === 0, what: 'no view holds a code or link', details: leaked });
}

/** Rule 1: one grant of a room and guest that is not being taken back; two inside a make-before-break; of the doors that were asked for. */
function ofGrants(stay: Watched): void {
  const { record, seam, heard } = stay;
  // One that is still being made can be taken back only afterwards.
  const isCounted = (key: string): boolean => !record.revoking.has(key) && !stay.isBusy(key);
  const pairs = Map.groupBy(
    [...seam.grants.keys()].filter(isCounted),
    (key) => `${record.asked.get(key)?.roomId} ${record.asked.get(key)?.guestId}`,
  );
  for (const keys of pairs.values()) {
    promise({ kept: keys.length <= 2, what: 'at most two live grants of a room and guest', details: keys });
    const [first, second] = keys.map((key) => record.asked.get(key));
    if (first === undefined || second === undefined) continue;
    const isMove =
      !sameDoors(first.doors, second.doors) ||
      JSON.stringify(first.modes) !== JSON.stringify(second.modes) ||
      keys.some((key) => record.superseded.has(key));
    const isAllowed = heard.property.access.roomMove === 'make-before-break' && isMove;
    promise({
      kept: isAllowed,
      what: 'two live grants of a room and guest only while one replaces the other',
      details: [keys, first, second],
    });
  }
}

function ofEnd(stay: Watched, view: ReservationView): void {
  const { seam, record, heard, now } = stay;
  const back = [...record.gone].filter((key) => seam.grants.has(key));
  promise({ kept: back.length === 0, what: 'what was proven gone is gone', details: back });
  const proven = view.access.filter(({ state, grantKey }) => state === 'revoked' && seam.grants.has(grantKey));
  promise({ kept: proven.length === 0, what: 'revoked means that a read showed it gone', details: proven });
  if (view.readiness !== 'closed' && !stay.isClosed) return;
  promise({ kept: seam.grants.size === 0, what: 'closed means that nothing is left', details: [...seam.grants.keys()] });
  const isOver = inForce(heard, now).length === 0 || heard.reservation.status === 'cancelled';
  promise({ kept: isOver, what: 'a stay is closed only when it is over or cancelled', details: [...inForce(heard, now)] });
  const isRevoked = heard.revokedAt !== null && now < stayEnd(heard);
  promise({ kept: !stay.isClosed || !isRevoked, what: "an operator's revoke can be released until the departure" });
}

function ofReasons(stay: Watched, view: ReservationView): void {
  const { heard, now } = stay;
  if (!heard.isExpected || stayEnd(heard) <= now || stay.isClosed) return;
  const rights = entitlements(heard).filter((right) => endOf(heard, right.window) > now);
  const underWay = rights.filter((right) =>
    view.access.some(
      ({ roomId, guestId, state }) =>
        roomId === right.roomId && guestId === right.guestId && state !== 'revoked' && state !== 'revoking' && state !== 'failed',
    ),
  );
  const isServed = rights.length > 0 && underWay.length === rights.length;
  promise({
    kept: isServed || view.reasons.length > 0,
    what: 'a confirmed stay has access under way or a named reason',
    details: [rights, view.access],
  });
}

/** Nothing is under way and nothing failed: no grant is left that nobody may have. */
function ofQuiet(stay: Watched): void {
  const { heard, record, seam, now } = stay;
  const rights = inForce(heard, now);
  const stray = [...seam.grants.values()].filter((grant) => {
    const asked = record.asked.get(grant.key);
    const isKeptSo = isKept({ stay, asked }) || isMoving({ stay, key: grant.key, asked });
    return (
      !isKeptSo &&
      !awaitsRebooking(stay) &&
      !seam.isUnheard(grant.id) &&
      !rights.some(({ roomId, guestId }) => roomId === asked?.roomId && guestId === asked.guestId)
    );
  });
  promise({
    kept: stray.length === 0,
    what: 'no live grant without a right to it once commands are quiet',
    details: [stray, heard.reservation],
  });
}
