/**
 * What an `access_ready` or `access_changed` says, decided once for both media: which rooms, keys, doors and times, with the
 * secrets in place. How long a name may be and which letters it may have is the medium's own.
 */
import type { Window } from '../../workflows/domain/access.ts';
import type { Notice, RoomFact } from '../../workflows/domain/notice.ts';
import { unitLabel } from './booking-text.ts';
import { difference, everything, type News, type RoomNews } from './news.ts';
import { type SaidKey, saidKeys } from './said-keys.ts';
import type { Words } from './words.ts';

export type AccessNotice = Extract<Notice, { readonly kind: 'access_ready' | 'access_changed' }>;

export interface Medium {
  readonly words: Words;
  /** A name as this medium can carry it, or null where it can't. */
  readonly name: (text: string) => string | null;
}

export interface SaidRoom {
  readonly title: string | null;
  readonly notes: readonly string[];
  readonly doors: readonly string[];
  /** With the doors of a code by name. */
  readonly keys: readonly SaidKey[];
  readonly window: Window | null;
  /** The guest was told of this room before: what stands here takes the place of what was said then. */
  readonly isUpdate: boolean;
  readonly hasNewKeys: boolean;
}

export interface Statement {
  readonly rooms: readonly SaidRoom[];
  /** Sentences on rooms that are the guest's no longer. */
  readonly gone: readonly string[];
  /** The times that all of the guest's rooms share; null where each has its own or none changed. */
  readonly window: Window | null;
  /** `desk`: there is a room whose key the guest has no link to, so a person opens. */
  readonly page: { readonly kind: 'link'; readonly url: string } | { readonly kind: 'desk' } | null;
  /** The guest has to go to the desk for a key, or for a door. */
  readonly sendsToDesk: boolean;
  readonly isChange: boolean;
  /** Something new takes the place of what the guest holds, and only the new one counts. */
  readonly hasSuccessors: boolean;
}

/** Throws `Unexpected` (`secret_missing`) where a key must be said whose secret is not in `secrets`. */
export function stateAccess(about: {
  readonly notice: AccessNotice;
  readonly medium: Medium;
  readonly secrets: ReadonlyMap<string, string>;
  readonly passUrl: string | null;
}): Statement {
  const { notice, medium, secrets, passUrl } = about;
  const news = notice.kind === 'access_ready' ? everything(notice.facts) : difference(notice);
  const count = notice.facts.rooms.length;
  const window = sharedWindow({ news, count });
  const rooms = news.rooms.map((item) => {
    const keys = notice.content === 'pass' ? [] : saidKeys({ room: item.room, keys: item.keys, secrets });
    const isUpdate = news.isChange && item.arrival.kind === 'known';
    return saidRoom({ item, keys, medium, isUpdate, hasOwnWindow: window === null && item.window, isOneOfMany: count > 1 });
  });
  const page = pageOf({ notice, news, passUrl });
  return {
    rooms: rooms.filter(saysAnything),
    gone: news.gone
      .map((unitId) => labelOf({ unitId, medium }))
      .filter((unit) => unit !== null)
      .map(medium.words.changes.gone),
    window,
    page,
    sendsToDesk: page?.kind === 'desk' || rooms.some(({ keys }) => keys.some(({ kind }) => kind === 'at_desk')),
    isChange: news.isChange,
    hasSuccessors: news.hasNewLink || rooms.some(({ hasNewKeys }) => hasNewKeys),
  };
}

function saidRoom(about: {
  readonly item: RoomNews;
  readonly keys: readonly SaidKey[];
  readonly medium: Medium;
  readonly isUpdate: boolean;
  readonly hasOwnWindow: boolean;
  readonly isOneOfMany: boolean;
}): SaidRoom {
  const { item, medium } = about;
  const title = labelOf({ unitId: item.room.unitId, medium });
  // With no label to tell the rooms apart, their doors do.
  const namesDoors = item.doors || (title === null && about.isOneOfMany);
  return {
    title,
    notes: notesOf({ item, title, medium }),
    doors: namesDoors ? doorNames({ room: item.room, ids: item.room.doors.map(({ id }) => id), medium }) : [],
    keys: about.keys.map((key) => (key.kind === 'code' ? { ...key, doors: doorNames({ room: item.room, ids: key.doors, medium }) } : key)),
    window: about.hasOwnWindow ? item.room.window : null,
    isUpdate: about.isUpdate,
    hasNewKeys: item.hasNewKeys && about.keys.some(({ kind }) => kind !== 'at_desk'),
  };
}

const saysAnything = ({ notes, doors, keys, window }: SaidRoom): boolean =>
  notes.length + doors.length + keys.length > 0 || window !== null;

export function labelOf({ unitId, medium }: { readonly unitId: string; readonly medium: Medium }): string | null {
  const label = unitLabel({ unitId, label: medium.words.unit });
  return label === null ? null : medium.name(label);
}

function notesOf({
  item,
  title,
  medium,
}: {
  readonly item: RoomNews;
  readonly title: string | null;
  readonly medium: Medium;
}): readonly string[] {
  if (item.arrival.kind === 'known' || title === null) return [];
  if (item.arrival.kind === 'added') return [medium.words.changes.added(title)];
  const from = labelOf({ unitId: item.arrival.from, medium });
  return [from === null ? medium.words.changes.added(title) : medium.words.changes.moved({ to: title, from })];
}

function doorNames({
  room,
  ids,
  medium,
}: {
  readonly room: RoomFact;
  readonly ids: readonly string[];
  readonly medium: Medium;
}): readonly string[] {
  const names = room.doors.filter(({ id }) => ids.includes(id)).map(({ name }) => medium.name(name));
  return [...new Set(names.filter((name) => name !== null))];
}

/** Only where it holds for every room that the guest has: one room's new times must not read as all of theirs. */
function sharedWindow({ news, count }: { readonly news: News; readonly count: number }): Window | null {
  const [first, ...rest] = news.rooms.filter(({ window }) => window).map(({ room }) => room.window);
  if (first === undefined || rest.length + 1 !== count) return null;
  return rest.every(({ startsAt, endsAt }) => startsAt === first.startsAt && endsAt === first.endsAt) ? first : null;
}

/** The page is named where it is the only way to the keys, or the key itself. */
function pageOf({
  notice,
  news,
  passUrl,
}: {
  readonly notice: AccessNotice;
  readonly news: News;
  readonly passUrl: string | null;
}): Statement['page'] {
  const needsPage =
    news.hasNewLink || notice.content === 'pass' || news.rooms.some(({ keys }) => keys.some(({ mode }) => mode === 'cloud_key'));
  if (needsPage && passUrl !== null) return { kind: 'link', url: passUrl };
  return needsPage || news.rooms.some(({ room }) => room.keys.length === 0) ? { kind: 'desk' } : null;
}
