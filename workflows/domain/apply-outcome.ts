/** Our own commands, once one has ended well: what is known then. */
import type { Access, Window } from './access.ts';
import { withAccess } from './access-change.ts';
import { applyAttempt, withoutSolved } from './apply-errand.ts';
import { applyRenewal } from './apply-renewal.ts';
import { applySent } from './apply-sent.ts';
import type { Command } from './command.ts';
import { uncontest } from './contest.ts';
import type { Outcome } from './event.ts';
import { hasLostMethod, sameWindow } from './issuance.ts';
import type { Instant } from './reservation.ts';
import { isResidual, readBack, residualEnd, withResidues } from './residual.ts';
import type { ReservationState } from './state.ts';
import { record } from './timeline.ts';

interface Ended {
  readonly state: ReservationState;
  readonly command: Command;
  readonly outcome: Outcome;
  readonly now: Instant;
}

export function applyOutcome({ state, command, outcome, now }: Ended): ReservationState {
  switch (outcome.kind) {
    case 'granted': {
      const { grantKey, reading } = outcome;
      const granted = withAccess({
        state,
        grantKey,
        change: (access) => ({
          ...access,
          asked: reading.window ?? access.asked,
          accessGrantId: reading.accessGrantId,
          reading,
          readAt: now,
          residualUntil: residualEnd({ access, reading }),
          sharesWith: outcome.sharesWith,
        }),
      });
      const rebooking = outcome.rebooks === null ? state.rebooking : { ...state.rebooking, replaces: outcome.rebooks };
      return record({
        state: withResidues({ state: { ...granted, rebooking }, residues: outcome.residues }),
        entry: { at: now, what: 'access_granted', actor: 'engine', by: null, detail: grantKey },
      });
    }
    case 'windowChanged':
      return withNeighbours({
        state,
        outcome,
        change: (access) => askedFor({ access, asked: outcome.window, now }),
      });
    case 'unitFree':
      return withNeighbours({ state: command.kind === 'askForUnit' ? uncontest({ state, command }) : state, outcome });
    case 'rebookingLookedFor':
      return { ...state, rebooking: { ...state.rebooking, replacedBy: outcome.by, lookedForAt: now } };
    case 'handedOver':
      return { ...state, rebooking: { ...state.rebooking, isHandedOver: true } };
    case 'read':
      return applyReading({ state, outcome, now });
    case 'keyRenewed':
      return applyRenewal({ state, outcome, now });
    case 'revoked': {
      const { grantKey } = outcome;
      const gone = withAccess({ state, grantKey, change: (access) => readBack({ access, now }) });
      const isLeft = gone.accesses.some((access) => access.grantKey === grantKey && isResidual({ access, now }));
      const what = isLeft ? 'access_remains' : 'absence_verified';
      return record({ state: gone, entry: { at: now, what, actor: 'engine', by: null, detail: grantKey } });
    }
    case 'errand':
      return applyAttempt({ state, ...outcome, now });
    case 'sent':
      return applySent({ state: withResidues({ state, residues: outcome.residues }), outcome, now });
    case 'outdated':
      return applySent({ state, outcome, now });
  }
}

interface Asked {
  readonly state: ReservationState;
  readonly outcome: Extract<Outcome, { kind: 'windowChanged' | 'unitFree' }>;
  readonly change?: (access: Access) => Access;
}

/** The unit was asked about again: what the answer says of others stands in place of what was known. */
function withNeighbours({ state, outcome: { grantKey, sharesWith, residues }, change = (access) => access }: Asked): ReservationState {
  const asked = (access: Access): Access => ({ ...change(access), sharesWith: sharesWith ?? null });
  return withAccess({ state: withResidues({ state, residues }), grantKey, change: asked });
}

function askedFor({ access, asked, now }: { access: Access; asked: Window; now: Instant }): Access {
  const timesAsked = sameWindow(access.asked, asked) ? (access.timesAsked ?? 0) + 1 : 1;
  return { ...access, asked, askedAt: now, timesAsked, stale: true };
}

function applyReading({
  state,
  outcome,
  now,
}: {
  state: ReservationState;
  outcome: Extract<Outcome, { kind: 'read' }>;
  now: Instant;
}): ReservationState {
  const { grantKey, reading } = outcome;
  const before = state.accesses.find((access) => access.grantKey === grantKey);
  const isNew = reading.methods.some(
    (method) =>
      method.state === 'issued' &&
      !before?.reading?.methods.some((old) => old.accessMethodId === method.accessMethodId && old.state === 'issued'),
  );
  const read = withAccess({
    state: withoutSolved({ state, reading }),
    grantKey,
    change: (access) => ({
      ...access,
      reading,
      readAt: now,
      stale: access.rereadDue,
      rereadDue: false,
      timesInDoubt: false,
      ...(sameWindow(reading.window, access.asked) ? { timesAsked: 0 } : {}),
      isSuperseded: access.isSuperseded || hasLostMethod({ access, reading, now }),
      accessGrantId: reading.accessGrantId ?? access.accessGrantId,
      residualUntil: residualEnd({ access, reading }),
    }),
  });
  return isNew ? record({ state: read, entry: { at: now, what: 'access_issued', actor: 'seam', by: null, detail: grantKey } }) : read;
}
