/** What a guest knows of a grant, whether it is still true or not: what is known is not taken away before its successor is. */
import type { Facts } from './notice.ts';
import { type Line, lineKey, type ReservationState } from './state.ts';

interface Of {
  readonly state: ReservationState;
  readonly guestId: string;
  readonly grantKey: string;
}

const linesOf = ({ state, guestId }: Of): readonly Line[] =>
  (['email', 'sms'] as const).flatMap((channel) => state.lines[lineKey({ guestId, channel })] ?? []);

const tells = (facts: Facts | null | undefined, grantKey: string): boolean =>
  facts?.rooms.some((room) => room.grantKey === grantKey) ?? false;

export const wasTold = (of: Of): boolean =>
  tells(of.state.toldInPerson[of.guestId], of.grantKey) ||
  linesOf(of).some(({ told, heardOf }) => tells(told, of.grantKey) || heardOf?.some(({ grantKey }) => grantKey === of.grantKey));

/** It is being told, or was tried and given up, and may have arrived. */
export const mayBeTold = (of: Of): boolean =>
  linesOf(of).some(({ sending, dropped }) => tells(sending?.facts, of.grantKey) || tells(dropped?.facts, of.grantKey));

export const mayBeKnown = (of: Of): boolean => wasTold(of) || mayBeTold(of);
