/** How a stay goes that a person should hear of. */
import { stayWindow } from './access-window.ts';
import type { Finding } from './finding.ts';
import { isInHouse } from './first-use.ts';
import { OVERSTAY_WARNING } from './pace.ts';
import { type Instant, iso } from './reservation.ts';
import type { ReservationState } from './state.ts';

/** What a person should hear although the engine does the right thing by itself (rule 2). */
export function courseFindings({ state, now }: { state: ReservationState; now: Instant }): readonly Finding[] {
  const { startsAt, endsAt } = stayWindow(state);
  const told = { subject: 'stay', for: 'staff', deadline: null, effect: 'note', from: 0, alertAt: 0 } as const;
  if (state.reservation.status === 'cancelled' && state.statusSince >= startsAt && state.accesses.length > 0) {
    return [
      {
        ...told,
        code: 'cancelled_in_house',
        text: 'The booking was cancelled after access had started; access ends as the property has it.',
      },
    ];
  }
  if (state.reservation.status === 'no_show' && isInHouse(state) && now < endsAt) {
    const text =
      'The booking system calls the guest a no-show, but the guest was checked in or used a key; nothing is taken back before its time. Use "revoke" if it has to be.';
    return [{ ...told, code: 'no_show_in_house', text }];
  }
  if (state.reservation.status === 'checked_in' && now >= endsAt - OVERSTAY_WARNING && now < endsAt) {
    return [
      {
        ...told,
        // Each end is a cause of its own, also one that is moved only after it has come.
        subject: `stay until ${iso(endsAt)}`,
        code: 'still_checked_in',
        deadline: endsAt,
        text: 'The guest is still checked in and access ends soon; extend the stay if it goes on.',
      },
    ];
  }
  return [];
}
