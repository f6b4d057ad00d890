/** One access of a stay changes, the others stay as they are. */
import type { Access } from './access.ts';
import type { ReservationState } from './state.ts';

export function withAccess({
  state,
  grantKey,
  change,
}: {
  state: ReservationState;
  grantKey: string;
  change: (access: Access) => Access;
}): ReservationState {
  return { ...state, accesses: state.accesses.map((access) => (access.grantKey === grantKey ? change(access) : access)) };
}
