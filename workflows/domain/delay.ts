/** Access should have started and there is no key (rule 13): from when on a guest is told whom to call, by the guest's own rooms. */

import type { Window } from './access.ts';
import { endingOf, isExpected, roomWindow, stayWindow } from './access-window.ts';
import { isCompanion } from './reach.ts';
import type { Guest, Instant, Room } from './reservation.ts';
import type { ReservationState } from './state.ts';
import { lateFrom, wantedAccess } from './truth.ts';

interface Of {
  readonly state: ReservationState;
  readonly guest: Guest;
}

/** The guest's own rooms; all of the booking's where it gives the guest none. */
export function roomsOf({ state, guest }: Of): readonly Room[] {
  const { rooms } = state.reservation;
  const own = rooms.filter(({ id }) => guest.roomIds.includes(id));
  return own.length > 0 ? own : rooms;
}

/** From the first of the guest's rooms to the last. */
export function guestWindow({ state, guest }: Of): Window {
  const windows = roomsOf({ state, guest }).map((room) => roomWindow({ state, room }));
  if (windows.length === 0) return stayWindow(state);
  return { startsAt: Math.min(...windows.map(({ startsAt }) => startsAt)), endsAt: Math.max(...windows.map(({ endsAt }) => endsAt)) };
}

/** When a guest without a key is told that it is late; null: never, for the guest waits for nothing. */
export function lateSince({ state, guest, now }: Of & { readonly now: Instant }): Instant | null {
  const window = guestWindow({ state, guest });
  if (!isExpected(state.reservation) || endingOf({ state, window }).at <= now || !isWaiting({ state, guest, now })) return null;
  const dueAt = Math.max(window.startsAt, lateFrom({ state, startsAt: window.startsAt }));
  return dueAt < window.endsAt ? dueAt : null;
}

/** A companion without a grant of their own waits for nothing. */
const isWaiting = ({ state, guest, now }: Of & { readonly now: Instant }): boolean =>
  !isCompanion({ state, guest }) || wantedAccess({ state, now }).some((desired) => desired.guestId === guest.id);
