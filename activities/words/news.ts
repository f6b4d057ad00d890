/** What there is to say of a guest's rooms: all of it the first time, and only the difference after that. */
import type { Facts, KeyFact, RoomFact } from '../../workflows/domain/notice.ts';

export interface RoomNews {
  readonly room: RoomFact;
  /** `known` was told before, `added` was not, `moved` replaces the unit named in `from`. */
  readonly arrival: { readonly kind: 'known' } | { readonly kind: 'added' } | { readonly kind: 'moved'; readonly from: string };
  /** The keys to say; empty where the guest's keys still hold. */
  readonly keys: readonly KeyFact[];
  /** They take the place of others that the guest was told. */
  readonly hasNewKeys: boolean;
  readonly doors: boolean;
  readonly window: boolean;
}

export interface News {
  readonly rooms: readonly RoomNews[];
  /** Units that the guest was told of and has no longer. */
  readonly gone: readonly string[];
  /** false: this is the whole, not a difference. */
  readonly isChange: boolean;
  /** The link to the guest's page takes the place of another, which opens nothing any more. */
  readonly hasNewLink: boolean;
}

const whole = (room: RoomFact): RoomNews => ({
  room,
  arrival: { kind: 'known' },
  keys: room.keys,
  hasNewKeys: false,
  doors: true,
  window: true,
});

export const everything = (facts: Facts): News => ({ rooms: facts.rooms.map(whole), gone: [], isChange: false, hasNewLink: false });

/** Never empty while there is a room: where nothing that a guest can see differs, all of it is said once more. */
export function difference({ facts, before }: { readonly facts: Facts; readonly before: Facts }): News {
  const known = new Map(before.rooms.map((room) => [room.roomId, room]));
  const kept = new Set(facts.rooms.map(({ roomId }) => roomId));
  const gone = before.rooms.filter(({ roomId }) => !kept.has(roomId)).map(({ unitId }) => unitId);
  const rooms = facts.rooms.map((room) => roomNews({ room, told: known.get(room.roomId) })).filter(isNews);
  const hasNewLink = (facts.pass ?? 0) !== (before.pass ?? 0);
  return rooms.length + gone.length === 0 && !hasNewLink ? everything(facts) : { rooms, gone, isChange: true, hasNewLink };
}

function roomNews({ room, told }: { readonly room: RoomFact; readonly told: RoomFact | undefined }): RoomNews {
  if (told === undefined) return { ...whole(room), arrival: { kind: 'added' } };
  const window = room.window.startsAt !== told.window.startsAt || room.window.endsAt !== told.window.endsAt;
  if (room.unitId !== told.unitId) return { ...whole(room), arrival: { kind: 'moved', from: told.unitId }, hasNewKeys: true, window };
  return { room, arrival: { kind: 'known' }, ...changedKeys({ room, told }), doors: doorsOf(room) !== doorsOf(told), window };
}

const isNews = ({ arrival, keys, doors, window }: RoomNews): boolean => arrival.kind !== 'known' || keys.length > 0 || doors || window;

const doorsOf = ({ doors }: RoomFact): string =>
  doors
    .map(({ id, name }) => JSON.stringify([id, name]))
    .sort()
    .join();

/** A key is the same to its holder when it looks the same, whatever Seam calls it: an extension reissues methods under new ids. */
const looksOf = ({ mode, fingerprint }: KeyFact): string => `${mode} ${fingerprint ?? ''}`;

/** The keys that are new; where one only fell away, those that are left. */
function changedKeys({ room, told }: { readonly room: RoomFact; readonly told: RoomFact }): Pick<RoomNews, 'keys' | 'hasNewKeys'> {
  const before = new Set(told.keys.map(looksOf));
  const now = new Set(room.keys.map(looksOf));
  const fresh = room.keys.filter((key) => !before.has(looksOf(key)));
  if (fresh.length > 0) return { keys: fresh, hasNewKeys: true };
  return { keys: [...before].every((key) => now.has(key)) ? [] : room.keys, hasNewKeys: false };
}
