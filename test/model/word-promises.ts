/** What operators must be able to read: the word for a stay that is over, held or late, and a name for everything that keeps a guest out. */
import type { ReservationView } from '../../workflows/domain/view-types.ts';
import { cardsLeft } from './card-promises.ts';
import { endOf, owed, stayEnd, stayStart } from './entitlement.ts';
import type { Heard } from './heard.ts';
import { liveGrants } from './holding.ts';
import { promise } from './promise.ts';
import type { Cause } from './record.ts';
import type { Watched } from './watched.ts';

/** For a booking that comes later than `attentionBefore`. Milliseconds. */
const LATE_BOOKING = 5 * 60_000;

export const isOver = (heard: Heard, now: number): boolean => endOf(heard, { startsAt: stayStart(heard), endsAt: stayEnd(heard) }) <= now;

const attention = (heard: Heard): number => stayStart(heard) - heard.property.access.attentionBefore;

/** From here on a guest without access is late. */
export const lateAt = (heard: Heard): number => Math.max(attention(heard), heard.dueSince + LATE_BOOKING);

export const isPastAttention = ({ heard, now }: Watched): boolean => now >= attention(heard);

export function promisesOfWords(stay: Watched, view: ReservationView): void {
  const { heard, now, seam, record } = stay;
  const { readiness } = view;
  if (isOver(heard, now)) {
    const isEnded = readiness === 'closed' || readiness === 'closing';
    promise({ kept: isEnded, what: 'a stay that is over reads closing until it is closed', details: readiness });
    return;
  }
  promise({ kept: !heard.isHeld || readiness === 'blocked', what: 'a held stay reads blocked', details: readiness });
  const missing = blocking(heard).filter((code) => !view.reasons.some((reason) => reason.code === code));
  promise({ kept: missing.length === 0, what: 'what keeps a guest out has its reason', details: missing });
  const isBlocked = blocking(heard).length > 0 && isPastAttention(stay);
  promise({ kept: !isBlocked || readiness === 'blocked', what: 'what only a person can mend reads blocked in time', details: readiness });
  const isHeard = seam.events.length + seam.lost.length === 0;
  const without = owed(heard, now).filter((right) => liveGrants({ stay, ...right }).every(({ key }) => record.revoking.has(key)));
  // What is being looked at right now is not known yet.
  const isLooking = [...record.asked.keys()].some((key) => stay.isBusy(key));
  const isLate = isHeard && !isLooking && without.length > 0 && now >= lateAt(heard);
  promise({
    kept: !isLate || readiness === 'at_risk' || readiness === 'blocked',
    what: 'a guest without access in time is at risk',
    details: [readiness, without],
  });
}

/** Codes of what the PMS or a person has to mend before anybody gets in. */
function blocking(heard: Heard): readonly string[] {
  const { reservation, property, unmetSince } = heard;
  if (!heard.isExpected) return [];
  const isLostInHouse = unmetSince !== null && unmetSince >= stayStart(heard);
  const conditions = isLostInHouse ? [] : unmet(heard).map((condition) => `condition_unmet:${condition}`);
  const rooms = reservation.rooms.flatMap(({ unitId }) => {
    if (unitId === null) return ['no_unit'];
    return property.units[unitId] === undefined ? ['unit_not_listed'] : [];
  });
  const empty = [...(reservation.rooms.length === 0 ? ['no_room'] : []), ...(reservation.guests.length === 0 ? ['no_guest'] : [])];
  return [...conditions, ...rooms, ...empty];
}

const unmet = ({ reservation, property, waived }: Heard): readonly string[] =>
  property.access.requires.filter((condition) => !waived.has(condition) && reservation.conditions[condition] !== true);

const HELP_SHOWN = 24 * 3_600_000;

/** What a guest says on the page is for the people in the house, once an hour. */
export const callsForHelp = ({ heard, now }: Watched): readonly Cause[] =>
  [...heard.helpAskedAt].flatMap(([guestId, at]) =>
    now < at + HELP_SHOWN ? [{ cause: `guest_needs_help/${guestId} ${at}`, since: at }] : [],
  );

/** What staff must have heard of by now. */
export function causesForStaff(stay: Watched): readonly Cause[] {
  const { heard, now, record } = stay;
  const { statusSince } = heard;
  const wasInHouse = heard.wasCancelledInHouse && statusSince >= stayStart(heard) && record.asked.size > 0;
  const cancelled = wasInHouse ? [{ cause: 'cancelled_in_house/stay', since: statusSince }] : [];
  const cards = cardsLeft(stay).map(({ grantKey }) => ({ cause: `access_remains/${grantKey}`, since: 0 }));
  const always = [...cancelled, ...cards, ...callsForHelp(stay)];
  if (isOver(heard, now) || !isPastAttention(stay)) return always;
  const rooms = [...heard.withoutUnitSince].map(([id, since]) => ({ cause: `no_unit/${id}`, since }));
  const conditions = unmet(heard).map((condition) => ({ cause: `condition_unmet:${condition}/stay`, since: heard.unmetSince ?? 0 }));
  return [...always, ...overstay(stay), ...(heard.isExpected ? [...rooms, ...conditions] : [])];
}

const OVERSTAY_WARNING = 30 * 60_000;

/** Half an hour before every end: a stay that was extended has another one. */
function overstay({ heard, now }: Watched): readonly Cause[] {
  const since = stayEnd(heard) - OVERSTAY_WARNING;
  return heard.reservation.status === 'checked_in' && now >= since ? [{ cause: 'still_checked_in/stay', since }] : [];
}
