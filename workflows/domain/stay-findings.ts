/** What is wrong with the booking itself: rooms without units or doors, nobody to tell, versions that cannot be compared. */
import { entitledGuests, isReachable, planAccess, type RoomProblem } from './access-plan.ts';
import { stayWindow } from './access-window.ts';
import { conditionFindings } from './condition-findings.ts';
import { type Finding, note } from './finding.ts';
import { hasBeenTold } from './knowledge.ts';
import { UNCONFIGURED } from './property.ts';
import type { Instant } from './reservation.ts';
import type { ReservationState } from './state.ts';
import { attentionAt, truthFor } from './truth.ts';

export function stayFindings({ state, now }: { state: ReservationState; now: Instant }): readonly Finding[] {
  const { startsAt } = stayWindow(state);
  const from = attentionAt({ state, startsAt });
  return [
    ...roomFindings(state, startsAt, from),
    ...conditionFindings(state, startsAt, from),
    ...guestFindings({ state, deadline: startsAt, attention: from, now }),
    ...versionFindings(state),
    ...heldBackFindings(state),
  ];
}

function roomFindings(state: ReservationState, deadline: number, attention: number): readonly Finding[] {
  const { problems, desired } = planAccess(state);
  const isNobodys = (roomId: string): boolean => [...problems, ...desired].every((other) => other.roomId !== roomId);
  const empty = state.reservation.rooms
    .filter(({ id }) => state.reservation.guests.length > 0 && isNobodys(id))
    .map(({ id }) =>
      note({ code: 'room_without_guest', subject: id, text: `Nobody who gets access is booked into room ${id}, so nobody can open it.` }),
    );
  const found = problems.map((problem): Finding => {
    const from = problem.why === 'no_unit' ? attention : 0;
    return {
      code: problem.why,
      subject: problem.roomId,
      text: roomText(problem),
      for: 'staff',
      deadline,
      effect: 'block',
      from,
      alertAt: Math.max(from, attention),
    };
  });
  if (state.reservation.rooms.length > 0) return [...found, ...empty];
  return [
    {
      code: 'no_room',
      subject: 'stay',
      text: 'The booking names no room yet, so there is no door to open.',
      for: 'staff',
      deadline,
      effect: 'block',
      from: attention,
      alertAt: attention,
    },
  ];
}

function roomText({ roomId, unitId, why }: RoomProblem): string {
  switch (why) {
    case 'no_unit':
      return `Room ${roomId} has no unit yet; access follows as soon as the PMS assigns one.`;
    case 'unit_not_listed':
      return `Unit ${unitId} is not in the configuration; add it with its doors, or assign another unit in the PMS.`;
    case 'unit_has_no_doors':
      return `Unit ${unitId} has no doors in the configuration; add its entrances, devices or spaces.`;
  }
}

function guestFindings({
  state,
  deadline,
  attention,
  now,
}: {
  state: ReservationState;
  deadline: Instant;
  attention: Instant;
  now: Instant;
}): readonly Finding[] {
  const main = state.reservation.guests[0];
  if (main === undefined) {
    return [
      {
        code: 'no_guest',
        subject: 'stay',
        text: 'The booking names no guest, so nobody can be given access.',
        for: 'staff',
        deadline,
        effect: 'block',
        from: attention,
        alertAt: attention,
      },
    ];
  }
  const companions = state.reservation.guests.slice(1).filter((guest) => !isReachable(guest));
  const notes = companions.map((guest) =>
    note({ code: 'companion_unreachable', subject: guest.id, text: `A companion (guest ${guest.id}) has no e-mail and no phone.` }),
  );
  const truth = truthFor({ state, guestId: main.id, now });
  const isTold = truth.kind === 'facts' && hasBeenTold({ state, guestId: main.id, facts: truth.facts });
  if (isTold || entitledGuests(state).some(isReachable)) return notes;
  const text = 'Nobody of the booking has an e-mail or a phone; tell the guest in person, then use "told".';
  return [
    { code: 'nobody_reachable', subject: 'stay', text, for: 'staff', deadline, effect: 'block', from: attention, alertAt: attention },
    ...notes,
  ];
}

function versionFindings(state: ReservationState): readonly Finding[] {
  if (state.refusedVersion === null) return [];
  const text = `The PMS sent version ${state.refusedVersion} after ${state.reservation.version}: versions must stay times or stay integers, so it changed nothing.`;
  return [{ code: 'version_of_another_type', subject: 'stay', text, for: 'staff', deadline: null, effect: 'note', from: 0, alertAt: 0 }];
}

/** The brake alerts for a whole property at once; of one that is configured no longer only its stays know whom to tell. */
function heldBackFindings({ heldBack, property }: ReservationState): readonly Finding[] {
  if (heldBack === undefined) return [];
  const alertAt = property.revision === UNCONFIGURED ? 0 : null;
  const held = { for: 'staff', deadline: null, effect: 'block', from: 0, alertAt } as const;
  const units = heldBack.units.map((unitId): Finding => {
    const text = `Unit ${unitId} is not in the configuration any more, or has no doors there; its guest keeps the access until an operator approves its end, or the unit is back.`;
    return { ...held, code: 'unit_withdrawn', subject: unitId, text };
  });
  const text =
    'The times or policies that the configuration has now would end this access at once; those of before hold until an operator approves.';
  return heldBack.policy ? [...units, { ...held, code: 'configuration_held_back', subject: 'stay', text }] : units;
}
