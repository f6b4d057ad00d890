/**
 * A unit that a stay has already, and that one which was booked first comes into: by an extension, or another unit. Access that was told is
 * not taken back; staff hears, and nothing more is told until one of both gives way (rule 4).
 */
import type { Access } from './access.ts';
import { withAccess } from './access-change.ts';
import type { DesiredAccess } from './access-plan.ts';
import type { AskForUnitCommand } from './command.ts';
import type { Failure } from './failure-types.ts';
import type { Finding } from './finding.ts';
import { SWAP_ALLOWANCE } from './pace.ts';
import type { Instant } from './reservation.ts';
import type { ReservationState } from './state.ts';

export function contest({ state, unitId, now }: { state: ReservationState; unitId: string; now: Instant }): ReservationState {
  const hear = (access: Access): Access =>
    access.unitId === unitId && access.ending === null
      ? { ...access, contested: { heardAt: now, by: access.contested?.by ?? null } }
      : access;
  return { ...state, accesses: state.accesses.map(hear) };
}

/** Two stays that swap their units are given time to. */
export function askAgain({ access, desired, now }: { access: Access; desired: DesiredAccess; now: Instant }): AskForUnitCommand | null {
  const { contested, grantKey } = access;
  if (contested === undefined || now < contested.heardAt + SWAP_ALLOWANCE) return null;
  const { unitId, window } = desired;
  const { heardAt } = contested;
  return { kind: 'askForUnit', lane: `unit ${grantKey}`, key: `ask ${grantKey} ${heardAt}`, grantKey, unit: { unitId, window }, heardAt };
}

interface Answered {
  readonly state: ReservationState;
  readonly command: AskForUnitCommand;
}

/** What was heard since the question was asked is asked about again. */
export function uncontest({ state, command }: Answered): ReservationState {
  const free = ({ contested, ...access }: Access): Access => ({
    ...access,
    ...(contested?.heardAt === command.heardAt ? {} : { contested }),
  });
  return withAccess({ state, grantKey: command.grantKey, change: free });
}

export function stillContested({ state, command, failure }: Answered & { failure: Failure }): ReservationState {
  if (failure.type !== 'UnitOccupied') return state;
  const keep = (access: Access): Access =>
    access.contested === undefined ? access : { ...access, contested: { ...access.contested, by: failure.code } };
  return withAccess({ state, grantKey: command.grantKey, change: keep });
}

export const contestFindings = ({ accesses }: ReservationState): readonly Finding[] =>
  accesses.flatMap(({ unitId, grantKey, ending, contested }) => {
    if (ending !== null || contested === undefined || contested.by === null) return [];
    const text = `Unit ${unitId} is booked for ${contested.by} at the same time, which was booked first. Access that was given is not taken back: give one of both another unit.`;
    const alertAt = contested.heardAt + SWAP_ALLOWANCE;
    return [{ code: 'unit_occupied', subject: grantKey, text, for: 'staff', deadline: null, effect: 'block', from: 0, alertAt }];
  });
