/**
 * A message that waits to be tried again may be overtaken: its address is no longer the guest's, what it tells of is taken back, or what
 * it calls late is there or no longer due. It is dropped, and what is true then is told.
 */

import { isExpected } from './access-window.ts';
import { guestWindow } from './delay.ts';
import { givenUp, type Line, lineOfKey, type Sending, sameAddress } from './line.ts';
import type { Message } from './notice.ts';
import { addressOf, isHeirs } from './reach.ts';
import type { Instant } from './reservation.ts';
import type { ReservationState } from './state.ts';
import { servingAccess, truthFor, wantedAccess } from './truth.ts';

export function dropOvertaken({ state, now }: { state: ReservationState; now: Instant }): ReservationState {
  return Object.entries(state.lines).reduce((known, [key, line]) => {
    const { sending } = line;
    if (sending === null || sending.isRunning || !isOvertaken({ state: known, key, line, sending, now })) return known;
    const { messageId } = sending;
    const { [messageId]: _over, ...setbacks } = known.setbacks;
    const messages = known.messages.map(
      (message): Message => (message.id === messageId ? { ...message, state: 'skipped', reason: 'overtaken before it went out' } : message),
    );
    return { ...known, setbacks, messages, lines: { ...known.lines, [key]: givenUp(line) } };
  }, state);
}

interface Of {
  readonly state: ReservationState;
  /** Of the line that it is sent on. */
  readonly key: string;
  readonly sending: Sending;
  readonly now: Instant;
}

/** A farewell goes to an address that is no longer the guest's, everything else to the one that is. */
const isOvertaken = ({ line, ...of }: Of & { line: Line }): boolean =>
  (of.sending.notice.kind === 'contact_changed') === sameAddress(of.sending.address, presentAddress({ line, ...of })) || isUntrue(of);

/** null: the guest has none on this channel any more. */
function presentAddress({ state, key, line }: Of & { line: Line }): string | null {
  const { guestId, channel } = lineOfKey(key);
  const guest = state.reservation.guests.find(({ id }) => id === guestId);
  return guest === undefined ? line.address : addressOf({ guest, channel });
}

/** It would tell of access that nobody is to have any more, of an end that was taken back, or call late what is not. */
export function isUntrue({ state, key, sending: { notice, address }, now }: Of): boolean {
  const { guestId, channel } = lineOfKey(key);
  const truth = truthFor({ state, guestId, now }).kind;
  if (notice.kind === 'access_pending') {
    const guest = state.reservation.guests.find(({ id }) => id === guestId);
    const isLate = guest !== undefined && isExpected(state.reservation) && guestWindow({ state, guest }).startsAt <= now;
    return !isLate || truth === 'facts';
  }
  if (notice.kind === 'access_ended') return truth !== 'nothing' || isHeirs({ state, guestId, channel, address });
  if (notice.kind !== 'access_ready' && notice.kind !== 'access_changed') return false;
  const serving = new Set(wantedAccess({ state, now }).map((desired) => servingAccess({ state, desired })?.grantKey));
  return notice.facts.rooms.some(({ grantKey }) => !serving.has(grantKey));
}
