/** What a guest knows of a grant, whether it is still true or not: what is known is not taken away before its successor is. */
import { lineKey, type ReservationState } from './state.ts';

/** Whether the guest was told of this grant, or is being told. */
export function isKnownToGuest({ state, guestId, grantKey }: { state: ReservationState; guestId: string; grantKey: string }): boolean {
  const lines = (['email', 'sms'] as const).map((channel) => state.lines[lineKey({ guestId, channel })]);
  const known = [state.toldInPerson[guestId], ...lines.flatMap((line) => [line?.told, line?.sending?.facts])];
  return known.some((facts) => facts?.rooms.some((room) => room.grantKey === grantKey));
}
