/** The read before the word, by the model: whether Seam holds, now, exactly what a message says, and what it says in full. */
import type { Notice, RoomFact } from '../../workflows/domain/notice.ts';
import { doorsOf, isUsable, type ModelGrant, openedBy } from './grant.ts';
import type { ModelSeam } from './seam.ts';
import type { Watched } from './watched.ts';

interface Question {
  readonly seam: ModelSeam;
  readonly notice: Notice;
  /** The grants that it tells the end of. */
  readonly grantKeys: readonly string[];
}

/** The message's content with its secrets, or null where Seam does not hold what it says. */
export function provenContent({ seam, notice, grantKeys }: Question): string | null {
  switch (notice.kind) {
    case 'access_ready':
    case 'access_changed': {
      const rooms = notice.facts.rooms.map((room) => provenRoom({ seam, room }));
      const held = rooms.flatMap((room) => room ?? []);
      return rooms.length === 0 || held.length < rooms.length ? null : contentOf({ rooms: held, link: notice.facts.pass ?? 0 });
    }
    case 'access_ended':
      return grantKeys.some((key) => seam.grants.has(key)) ? null : JSON.stringify([notice.kind, grantKeys]);
    case 'staff_alert':
      return JSON.stringify([notice.kind, notice.causes]);
    case 'access_pending':
    case 'contact_changed':
      return notice.kind;
  }
}

/** `link`: which link to the guest's page it carries; 0: the first, or none. */
const contentOf = ({ rooms, link }: { rooms: readonly string[]; link: number }): string =>
  JSON.stringify(link === 0 ? rooms.toSorted() : [rooms.toSorted(), link]);

function provenRoom({ seam, room }: { seam: ModelSeam; room: RoomFact }): string | null {
  const grant = seam.grants.get(room.grantKey);
  if (grant === undefined || grant.isBeingDeleted) return null;
  const said = JSON.stringify([
    [room.window.startsAt, room.window.endsAt],
    room.doors.map(({ id }) => id).toSorted(),
    room.keys.map(({ accessMethodId, fingerprint, doors }) => JSON.stringify([accessMethodId, fingerprint, doors.toSorted()])).toSorted(),
  ]);
  return said === shownOf({ seam, grant }) ? heldOf({ seam, grant, roomId: room.roomId, unitId: room.unitId }) : null;
}

const usable = (grant: ModelGrant) => grant.methods.filter(isUsable);

function shownOf({ seam, grant }: { seam: ModelSeam; grant: ModelGrant }): string {
  const doors = [...openedBy({ grant, dead: seam.dead })].toSorted();
  const opened = usable(grant).length > 0 ? doorsOf(grant).filter((door) => doors.includes(door)) : [];
  const keys = usable(grant).map(({ id, secret }) =>
    JSON.stringify([id, secret === null ? null : seam.secrets.fingerprint(secret), doors]),
  );
  return JSON.stringify([[grant.window.startsAt, grant.window.endsAt], opened.toSorted(), keys.toSorted()]);
}

/** A grant that serves a room. */
export interface Granted {
  readonly grant: ModelGrant;
  readonly roomId: string;
  readonly unitId: string;
}

/** What a guest holds of a room who was told everything that works there now. */
export function heldOf({ seam, grant, roomId, unitId }: Granted & { readonly seam: ModelSeam }): string {
  return JSON.stringify([roomId, unitId, ...held({ seam, grant })]);
}

/** What opens which doors by it and when, whoever has it. */
export const opensBy = (of: { seam: ModelSeam; grant: ModelGrant }): string => JSON.stringify(held(of));

function held({ seam, grant }: { seam: ModelSeam; grant: ModelGrant }): readonly unknown[] {
  const keys = usable(grant).map(({ mode, secret }) => `${mode} ${secret}`);
  return [grant.window, [...openedBy({ grant, dead: seam.dead })].toSorted(), keys.toSorted()];
}

interface Told {
  readonly stay: Pick<Watched, 'seam' | 'record'>;
  readonly guestId: string;
  readonly grants: readonly Granted[];
}

/** The content of the letter that would tell exactly these grants now. A cloud key is used on the guest's page, so its link is told, too. */
export function contentOfGrants({ stay: { seam, record }, guestId, grants }: Told): string {
  const namesPage = grants.some(({ grant }) => usable(grant).some(({ mode }) => mode === 'cloud_key'));
  return contentOf({
    rooms: grants.map((granted) => heldOf({ seam, ...granted })),
    link: namesPage ? (record.links.get(guestId) ?? 0) : 0,
  });
}
