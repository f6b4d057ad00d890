/** What goes along with every question about one access of a low-level provider: what is known of it, and of the guest's others. */
import { type Access, methodIdsOf } from './access.ts';
import { planAccess } from './access-plan.ts';
import { userIdentityKeyOf } from './ids.ts';
import type { LowLevelAccess } from './low-level.ts';
import type { LowLevel } from './property.ts';
import type { ReservationState } from './state.ts';

/** An access, or one that is just to be made. */
interface Subject extends Pick<Access, 'grantKey' | 'guestId' | 'doors' | 'modes' | 'asked' | 'reading' | 'learnt' | 'lent'> {
  readonly lowLevel: LowLevel;
}

export function lowLevelAccess({ state, of }: { readonly state: ReservationState; readonly of: Subject }): LowLevelAccess {
  const { lowLevel: by, grantKey, guestId, doors, modes, asked } = of;
  const others = state.accesses.filter(
    (other) =>
      other.grantKey !== grantKey && other.guestId === guestId && other.lowLevel?.provider === by.provider && other.readBackAt === null,
  );
  // Also what is still to be made or moved: each of the guest's rooms sets the times of all of them, and which is last is chance.
  const desired = planAccess(state).desired.filter((one) => one.guestId === guestId);
  const windows = [asked, ...others.map((other) => other.asked), ...desired.map((one) => one.window)];
  return {
    by,
    userIdentityKey: userIdentityKeyOf({ workflowId: state.key.workflowId, guestId }),
    doors,
    modes,
    asked,
    known: [...new Set([...methodIdsOf(of), ...(of.lent ?? [])])],
    ...(of.lent === undefined ? {} : { lent: of.lent }),
    others: others.flatMap(methodIdsOf),
    span: { startsAt: Math.min(...windows.map((one) => one.startsAt)), endsAt: Math.max(...windows.map((one) => one.endsAt)) },
    isLast: others.every((other) => other.ending !== null),
  };
}
