/**
 * The rules of a `reservation_key` on systems where a grant belongs to a reservation (Visionline, Vostio, Ambiance, Community,
 * Salto Space), as Seam's guide to reservation access grants states them. The guide gives statuses and titles; the types are ours.
 */
import type { Doors } from './doors.ts';
import { doorsOfGrant } from './doors.ts';
import { SeamError } from './errors.ts';
import type { Grant, Mode } from './records.ts';
import type { Workspace } from './workspace.ts';

interface Wanted {
  readonly reservationKey: string | null;
  readonly doors: Doors;
  readonly modes: readonly Mode[];
  readonly startsAt: number;
  readonly endsAt: number | null;
}

/** Systems whose guest cards can't be made without a reservation. */
const CARDS_NEED_KEY: readonly string[] = ['visionline_system'];

const refuse = (status: number, type: string, message: string): SeamError => new SeamError({ status, type, message });

const bound = (doors: Doors): readonly string[] =>
  doors.entrances.filter((entrance) => entrance.canBelongToReservation).map((entrance) => entrance.acsEntranceId);

/** @throws SeamError 400 or 409 when the grant does not fit the key */
export function assertFitsReservation(workspace: Workspace, wanted: Wanted): void {
  const mine = bound(wanted.doors);
  if (wanted.reservationKey === null) {
    const systems = workspace.estate.systems.filter((system) => CARDS_NEED_KEY.includes(system.type)).map((system) => system.acsSystemId);
    const needed =
      wanted.modes.includes('card') &&
      wanted.doors.entrances.some((entrance) => entrance.canBelongToReservation && systems.includes(entrance.acsSystemId));
    if (needed) throw refuse(400, 'reservation_key_required', 'reservation_key is required for guest cards');
    return;
  }
  if (mine.length === 0) throw refuse(400, 'reservation_key_not_supported', 'None of the entrances can belong to a reservation');
  const joined = [...workspace.state.grants.values()].filter((grant) => grant.reservationKey === wanted.reservationKey);
  const [first] = joined;
  if (first === undefined) return;
  const theirs = bound(doorsOfGrant(workspace, first));
  if (!mine.some((id) => theirs.includes(id)))
    throw refuse(
      409,
      'reservation_entrance_change_requires_cleanup',
      'Delete all grants of this reservation before changing its entrances',
    );
  if (!mine.every((id) => theirs.includes(id)))
    throw refuse(409, 'reservation_joiner_entrance_set_conflict', 'A joining grant may open only the entrances of the first one');
  assertOverlap(wanted, joined);
}

type Times = Pick<Grant, 'startsAt' | 'endsAt'>;

/** @throws SeamError 409 when there are others and none of them overlaps */
export function assertOverlap(wanted: Times, others: readonly Times[]): void {
  const end = ({ endsAt }: Times): number => endsAt ?? Number.POSITIVE_INFINITY;
  if (others.length === 0 || others.some((other) => wanted.startsAt < end(other) && other.startsAt < end(wanted))) return;
  throw refuse(409, 'reservation_time_frames_must_overlap', 'The grants of one reservation must overlap in time');
}
