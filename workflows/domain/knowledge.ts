/** What a guest knows of a grant, whether it is still true or not: what is known is not taken away before its successor is. */
import { type Line, lineKey, sameAddress } from './line.ts';
import type { Facts } from './notice.ts';
import type { ReservationState } from './state.ts';
import { sameFacts } from './truth.ts';

interface Of {
  readonly state: ReservationState;
  readonly guestId: string;
  readonly grantKey: string;
}

const linesOf = ({ state, guestId }: Of): readonly Line[] =>
  (['email', 'sms'] as const).flatMap((channel) => state.lines[lineKey({ guestId, channel })] ?? []);

const tells = (facts: Facts | null | undefined, grantKey: string): boolean =>
  facts?.rooms.some((room) => room.grantKey === grantKey) ?? false;

/** By the last word on some channel, or in person. */
export const isTold = (of: Of): boolean =>
  tells(of.state.toldInPerson[of.guestId], of.grantKey) || linesOf(of).some(({ told }) => tells(told, of.grantKey));

/** By any word so far. */
export const wasTold = (of: Of): boolean =>
  isTold(of) || linesOf(of).some(({ heardOf }) => heardOf?.some(({ grantKey }) => grantKey === of.grantKey));

export const isBeingTold = (of: Of): boolean => linesOf(of).some(({ sending }) => tells(sending?.facts, of.grantKey));

/** It is being told, or was tried and given up, and may have arrived. */
export const mayBeTold = (of: Of): boolean => isBeingTold(of) || linesOf(of).some(({ dropped }) => tells(dropped?.facts, of.grantKey));

export const mayBeKnown = (of: Of): boolean => wasTold(of) || mayBeTold(of);

/** Told by another channel or in person: nothing is late for this guest. */
export const holdsFacts = ({ state, guestId }: { state: ReservationState; guestId: string }): boolean =>
  state.toldInPerson[guestId] !== undefined ||
  state.property.messages.channels.some((channel) => Boolean(state.lines[lineKey({ guestId, channel })]?.told));

/** Whether the guest has the present truth in hand, on any channel. */
export function hasBeenTold({ state, guestId, facts }: { state: ReservationState; guestId: string; facts: Facts }): boolean {
  const inPerson = state.toldInPerson[guestId];
  if (inPerson !== undefined && sameFacts(inPerson, facts)) return true;
  return state.property.messages.channels.some((channel) => {
    const told = state.lines[lineKey({ guestId, channel })]?.told;
    return told !== undefined && told !== null && sameFacts(told, facts);
  });
}

/**
 * Whether this address may hold something else than these facts although nobody knows: the last message was given up, for it was true no
 * more, and may have arrived.
 */
export function mayHoldOther({ line: { dropped, address }, facts }: { line: Line; facts: Facts }): boolean {
  if (dropped?.mayHaveArrived !== true || !sameAddress(dropped.address, address)) return false;
  return dropped.notice.kind === 'access_ended' || (dropped.facts !== null && !sameFacts(dropped.facts, facts));
}
