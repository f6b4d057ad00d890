/** What the doors of an access report: one too many, one that cannot be given the access, one that works and is about to let somebody down. */
import type { Access } from './access.ts';
import { faultSaying, isUnreachable } from './door-faults.ts';
import type { Finding } from './finding.ts';
import { closedDoors, foreignDoors, obstacleAt } from './issuance.ts';
import type { Instant } from './reservation.ts';

interface Doors {
  readonly access: Access;
  /** From `attentionBefore` on the health of a door matters. */
  readonly attention: Instant;
  /** From here on access that is not there is late. */
  readonly lateAt: Instant;
  readonly deadline: Instant;
}

export function doorFindings(of: Doors): readonly Finding[] {
  return [...foreignFindings(of), ...closedFindings(of), ...ailingFindings(of)];
}

function foreignFindings({ access }: Doors): readonly Finding[] {
  return foreignDoors(access).map((door): Finding => {
    const text = `The access to room ${access.roomId} also opens ${door.name}, which is not one of its doors; remove that door from the grant in Seam.`;
    return { code: 'foreign_door', subject: door.id, text, for: 'staff', deadline: null, effect: 'block', from: 0, alertAt: 0 };
  });
}

/** No method opens it, and Seam or the door says why. */
function closedFindings({ access, deadline, lateAt }: Doors): readonly Finding[] {
  const { reading } = access;
  if (reading === null) return [];
  return closedDoors(access).flatMap((id): readonly Finding[] => {
    const door = reading.doors.find((candidate) => candidate.id === id);
    const obstacle = obstacleAt({ reading, doorId: id });
    if (!door?.fault && obstacle === undefined) return [];
    const why = door?.fault ? `it ${faultSaying(door.fault)}` : `${obstacle?.text ?? obstacle?.code} (${obstacle?.code})`;
    const text = `${door?.name ?? id} (${id}) cannot be given the access to room ${access.roomId}: ${why}.`;
    return [{ code: 'door_unreachable', subject: id, text, for: 'staff', deadline, effect: 'risk', from: 0, alertAt: lateAt }];
  });
}

/** It opens as far as Seam knows: the guest need not hear of it, and somebody can still see to it. */
function ailingFindings({ access, deadline, attention }: Doors): readonly Finding[] {
  const { reading } = access;
  if (reading === null) return [];
  const closed = closedDoors(access);
  return reading.doors
    .flatMap(({ id, name, fault }) => (fault === null || closed.includes(id) ? [] : [{ id, name, fault }]))
    .map(({ id, name, fault }): Finding => {
      const text = `${name} (${id}), a door of room ${access.roomId}, ${faultSaying(fault)}.`;
      const cause = isUnreachable(fault)
        ? { code: 'door_unreachable', subject: id }
        : { code: 'door_unhealthy', subject: `${id} ${fault}` };
      return { ...cause, text, for: 'staff', deadline, effect: 'risk', from: attention, alertAt: attention };
    });
}
