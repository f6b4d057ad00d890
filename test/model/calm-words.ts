/** What must have been said in calm: the end, to who was told of access; the farewell, to an address that was left; that it is late; and to staff. */
import { guestWindow, inForce, stayEnd } from './entitlement.ts';
import { heldOn, isOpen, type Line, linesOf } from './line.ts';
import type { Letter } from './post.ts';
import { promise } from './promise.ts';
import type { Watched } from './watched.ts';
import { causesForStaff, isOver, lateAt } from './word-promises.ts';

/** So long after the end nobody has to hear anything any more. Milliseconds. */
const LAST_WORDS = 11 * 3_600_000;

export function promisesOfWordsInCalm(stay: Watched): void {
  const { heard, record, now } = stay;
  if (now > stayEnd(heard) + LAST_WORDS) return;
  const silent = causesForStaff(stay).filter((cause) => !record.wasAlerted(cause));
  promise({ kept: silent.length === 0, what: 'staff has heard of what a person must mend', details: silent });
  if (heard.isHeld) return;
  const lines = linesOf({ stay, guests: heard.reservation.guests });
  for (const line of lines.filter((line) => mayBeWritten({ line, now }))) ofFarewell(line);
  for (const line of lines.filter(isOpen)) ofDelay(line);
  for (const line of [...lines, ...linesOf({ stay, guests: [...record.addresses.former.values()] })].filter(isOpen)) ofEnd(line);
}

/** Neither the day's limit nor quiet hours keep a farewell waiting. */
const mayBeWritten = ({ line: { stay, channel }, now }: { line: Line; now: number }): boolean =>
  !stay.record.begun.isFull({ channel, now }) && (channel === 'email' || stay.heard.property.messages.quietHours === null);

/** Rule 14: who was told at an address that is the guest's no more hears there that it is none, and staff hears too. */
function ofFarewell(line: Line): void {
  const { stay, guest, channel, address } = line;
  const { record, heard } = stay;
  const letters = heldOn({ ...line, isSure: true });
  const told = letters.findLast(({ grantKeys }) => grantKeys.length > 0);
  if (told === undefined || told.address === address || record.addresses.refusing.has(told.address)) return;
  const isSaid = letters.some((letter) => letter.kind === 'contact_changed' && letter.address === told.address && letter.at >= told.at);
  promise({ kept: isSaid, what: 'an address that was told hears that it is no longer the one', details: [told, address] });
  if (heard.property.messages.contactChange === 'send' || record.addresses.confirmed.has(`${channel}/${guest.id}`)) return;
  // What was on its way there may arrive after staff has heard.
  const since = Math.min(told.at, record.addresses.leftAt.get(told.address) ?? told.at);
  const isKnown = record.wasAlerted({ cause: `contact_changed/${channel}/${guest.id}`, since });
  promise({ kept: isKnown, what: 'staff hears of a contact that changed after telling', details: [told, address] });
}

const LAST: ReadonlySet<Letter['kind']> = new Set(['access_ended', 'contact_changed']);

/** Rule 13: access that was told ended before its time, and the guest hears of it, unless by leaving. */
function ofEnd(line: Line): void {
  const { stay, guest, channel, address } = line;
  const { heard, now, record, seam } = stay;
  // A farewell is a last word, too.
  const last = heldOn({ ...line, isSure: true }).findLast(({ kind, grantKeys }) => grantKeys.length > 0 || LAST.has(kind));
  // Where one message never arrived, no other one is taken for held.
  if (last === undefined || LAST.has(last.kind) || last.address !== address || record.addresses.refusing.has(address)) return;
  if (inForce(heard, now).some((right) => right.guestId === guest.id)) return;
  if (last.grantKeys.some((key) => seam.grants.has(key) || !record.gone.has(key))) return;
  const isEarly = Object.entries(last.ends).some(([key, endsAt]) => (record.revoking.get(key) ?? now) < endsAt);
  const isSilent = heard.statuses.has('checked_out') || record.wasRebooked;
  promise({
    kept: !isEarly || isSilent,
    what: 'who was told of access hears that it ended early',
    details: [channel, last, heard.reservation],
  });
}

/** Rule 13: access has started and there is no key: the guest who has to wait is told whom to call. */
function ofDelay(line: Line): void {
  const { stay, guest } = line;
  const { heard, now, record, post } = stay;
  const { startsAt, endsAt } = guestWindow(heard, guest);
  const dueAt = Math.max(startsAt, lateAt(heard));
  const isDue = heard.isExpected && !isOver(heard, now) && now >= dueAt && dueAt < endsAt;
  const isMain = heard.reservation.guests[0]?.id === guest.id;
  if (!isDue || !isMain || inForce(heard, now).some((right) => right.guestId === guest.id)) return;
  const wasTold =
    record.toldInPerson.has(guest.id) || post.letters.some((letter) => letter.guestId === guest.id && letter.grantKeys.length > 0);
  const isSaid = heldOn(line).some(({ kind }) => kind === 'access_pending');
  promise({ kept: wasTold || isSaid, what: 'a guest who stands before a closed door is told whom to call', details: line.address });
}
