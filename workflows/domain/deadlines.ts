/** Every moment at which a decision may come out differently although nothing has happened. */
import type { Access } from './access.ts';
import { isGone } from './access-plan.ts';
import { endingOf, roomWindow, stayWindow } from './access-window.ts';
import type { Command } from './command.ts';
import { planDeliveries } from './delivery-plan.ts';
import { findings } from './findings.ts';
import { nextLookAt, sameWindow } from './issuance.ts';
import { renewalTimes } from './key-commands.ts';
import { askAgainAt, LAST_WORDS, OVERSTAY_WARNING, REBOOKING_PATIENCE, SWAP_ALLOWANCE } from './pace.ts';
import { awaitsRebooking } from './rebooking.ts';
import type { Instant } from './reservation.ts';
import { leftSince } from './residual.ts';
import type { ReservationState } from './state.ts';
import { lacksRoom, partialAt, truthFor, wantedAccess } from './truth.ts';

export function wakeTimes({
  state,
  wanted,
  now,
}: {
  state: ReservationState;
  wanted: readonly Command[];
  now: Instant;
}): readonly Instant[] {
  const window = stayWindow(state);
  return [
    window.endsAt,
    endingOf({ state, window }).at,
    ...(state.reservation.status === 'checked_in' ? [window.endsAt - OVERSTAY_WARNING] : []),
    ...state.reservation.rooms.map((room) => endingOf({ state, window: roomWindow({ state, room }) }).at),
    ...state.accesses.filter(({ ending }) => ending === null).map((access) => endingOf({ state, window: access.asked }).at),
    ...planDeliveries({ state, now }).map((delivery) => delivery.dueAt),
    ...findings({ state, now }).flatMap((finding) => [finding.from, finding.alertAt ?? 0]),
    ...wanted.map((command) => state.setbacks[command.lane]?.retryAt ?? 0),
    ...state.accesses.filter(isGone).map((access) => access.residualUntil ?? 0),
    ...state.accesses.filter(({ ending }) => ending === null).map((access) => (leftSince({ state, access }) ?? 0) + SWAP_ALLOWANCE),
    ...state.accesses.map(({ contested }) => (contested?.heardAt ?? 0) + SWAP_ALLOWANCE),
    ...state.accesses.filter(isUnsettledWindow).map(askAgainAt),
    ...state.accesses.map((access) => nextLookAt(access) ?? 0),
    ...(awaitsRebooking({ state, now }) ? [(state.rebooking.lookedForAt ?? 0) + REBOOKING_PATIENCE] : []),
    ...renewalTimes({ state, now }),
    ...waitingGuests({ state, now }),
    ...(window.endsAt <= now && wanted.length > 0 ? [now + LAST_WORDS] : []),
  ];
}

const isUnsettledWindow = (access: Access): boolean =>
  access.ending === null && access.reading !== null && access.reading.found && !sameWindow(access.reading.window, access.asked);

/** A guest of several rooms, doors or keys, some of which are ready: told of those when patience ends. */
function waitingGuests({ state, now }: { state: ReservationState; now: Instant }): readonly Instant[] {
  return state.reservation.guests.flatMap((guest) => {
    const wanted = wantedAccess({ state, now }).filter((desired) => desired.guestId === guest.id);
    const parts = wanted.flatMap(({ doors }) => [...doors.entrances, ...doors.devices, ...doors.spaces, ...doors.spaceKeys]);
    const hasParts =
      parts.length > 1 || wanted.some(({ doors, modes }) => modes.length > 1 || doors.spaces.length + doors.spaceKeys.length > 0);
    return (hasParts || lacksRoom({ state, guestId: guest.id })) && truthFor({ state, guestId: guest.id, now }).kind === 'wait'
      ? [partialAt({ state, wanted })]
      : [];
  });
}
