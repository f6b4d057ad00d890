/** That a key was used, once per grant: the guest is in the house (rule 2). Nothing more is kept of what locks report (rule 21). */
import type { SeamEvent } from '../messages.ts';
import type { Access } from './access.ts';
import { handlesOf } from './low-level.ts';
import type { ReservationState } from './state.ts';
import { record } from './timeline.ts';

/** Seam's name of the event; the only one of a lock that reaches a stay. */
export const KEY_USED = 'lock.unlocked';

/** Whatever the booking system says next: the guest was checked in, or used a key. */
export const isInHouse = ({ checkedInAt, accesses }: Pick<ReservationState, 'checkedInAt' | 'accesses'>): boolean =>
  checkedInAt !== null || accesses.some(({ firstUsedAt }) => firstUsedAt !== undefined);

export function noteUse({ state, event }: { state: ReservationState; event: SeamEvent }): ReservationState {
  const { accessGrantIds, occurredAt: at } = event;
  const isFirst = (access: Access): boolean =>
    access.firstUsedAt === undefined && handlesOf(access).some((handle) => accessGrantIds.includes(handle));
  const accesses = state.accesses.map((access) => (isFirst(access) ? { ...access, firstUsedAt: at } : access));
  const entries = state.accesses
    .filter(isFirst)
    .map(({ grantKey: detail }) => ({ at, what: 'first_used', actor: 'seam', by: null, detail }) as const);
  return entries.reduce<ReservationState>((known, entry) => record({ state: known, entry }), { ...state, accesses });
}
