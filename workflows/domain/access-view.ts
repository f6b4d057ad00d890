/** Each access as operators see it: the grants that exist or existed, and those that are still to be made. */
import type { Access, Method } from './access.ts';
import { type DesiredAccess, isGone } from './access-plan.ts';
import { grantKeyOf } from './ids.ts';
import { closedDoors, isSettled, obstacleAt } from './issuance.ts';
import { type Instant, iso } from './reservation.ts';
import { absenceVerifiedAt, isResidual } from './residual.ts';
import type { ReservationState } from './state.ts';
import { servingAccess, wantedAccess } from './truth.ts';
import type { AccessState, AccessView } from './view-types.ts';

export function accessViews({ state, now }: { state: ReservationState; now: Instant }): readonly AccessView[] {
  const wanted = wantedAccess({ state, now });
  const planned = wanted.filter((desired) => servingAccess({ state, desired }) === undefined);
  return [
    ...state.accesses.map((access) => accessView({ state, access, wanted, now })),
    ...planned.map((desired) => plannedView({ state, desired })),
  ];
}

interface Of {
  readonly state: ReservationState;
  readonly access: Access;
  readonly now: Instant;
}

function accessView({ state, access, wanted, now }: Of & { wanted: readonly DesiredAccess[] }): AccessView {
  const desired = wanted.find((candidate) => servingAccess({ state, desired: candidate }) === access);
  const { reading, residualUntil } = access;
  const provenAt = absenceVerifiedAt(access);
  const opens = openingMethods({ access, now });
  return {
    grantKey: access.grantKey,
    accessGrantId: access.accessGrantId,
    roomId: access.roomId,
    guestId: access.guestId,
    unitId: access.unitId,
    startsAt: iso(access.asked.startsAt),
    endsAt: iso(access.asked.endsAt),
    state: stateOf({ state, access, desired, now }),
    doors: doorViews({ access, opens }),
    methods: (reading?.methods ?? []).map((method) => ({
      accessMethodId: method.accessMethodId,
      mode: method.mode,
      state: opens.includes(method) ? method.state : 'revoked',
      isBackupCode: method.isBackupCode,
    })),
    absenceVerifiedAt: provenAt === null ? null : iso(provenAt),
    residualUntil: residualUntil === null || !isGone(access) ? null : iso(residualUntil),
  };
}

/** All of them until the read-back, then those that it says nothing of. */
function openingMethods({ access, now }: Omit<Of, 'state'>): readonly Method[] {
  const methods = access.reading?.methods ?? [];
  if (!isGone(access)) return methods;
  return isResidual({ access, now }) ? methods.filter((method) => method.outlivesRevocation) : [];
}

function stateOf({ state, access, desired, now }: Of & { desired: DesiredAccess | undefined }): AccessState {
  if (isGone(access)) return isResidual({ access, now }) ? 'residual' : 'revoked';
  if (access.ending !== null) return 'revoking';
  if (isSettled({ access, window: desired?.window ?? access.asked })) return 'issued';
  const isFailed = state.setbacks[access.grantKey]?.retryAt === null || access.reading?.methods.some((method) => method.state === 'failed');
  return isFailed === true ? 'failed' : 'requested';
}

function doorViews({ access, opens }: { access: Access; opens: readonly Method[] }): AccessView['doors'] {
  const { reading } = access;
  if (reading === null) return [];
  const closed = closedDoors(access);
  const isLost = (id: string): boolean => !reading.found || (isGone(access) && !opens.some(({ doors }) => doors.includes(id)));
  return reading.doors.map(({ id, kind, name, fault }) => {
    const waiting = obstacleAt({ reading, doorId: id }) !== undefined && fault === null ? 'impossible' : 'waiting';
    return { id, kind, name, state: isLost(id) ? 'lost' : closed.includes(id) ? waiting : 'granted' };
  });
}

function plannedView({ state, desired }: { state: ReservationState; desired: DesiredAccess }): AccessView {
  const of = state.accesses.filter((access) => access.roomId === desired.roomId && access.guestId === desired.guestId);
  const generation = Math.max(0, ...of.map((access) => access.generation)) + 1;
  const { roomId, guestId, unitId, window } = desired;
  return {
    grantKey: grantKeyOf({ workflowId: state.key.workflowId, roomId, guestId, generation }),
    accessGrantId: null,
    roomId,
    guestId,
    unitId,
    startsAt: iso(window.startsAt),
    endsAt: iso(window.endsAt),
    state: 'planned',
    doors: [],
    methods: [],
    absenceVerifiedAt: null,
    residualUntil: null,
  };
}
