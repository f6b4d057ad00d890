/** What a guest's page is made from at one moment: the stay, the clock, and what came of what the guest asked last. */
import { deskSentences } from '../../activities/words/lines.ts';
import type { Clock } from '../../activities/words/moment.ts';
import type { PassRoom, PassView } from '../../workflows/domain/pass-view.ts';
import type { Instant } from '../../workflows/domain/reservation.ts';
import type { PassLanguage } from './language.ts';

export interface Screen {
  readonly view: PassView;
  readonly now: Instant;
  readonly language: PassLanguage;
  readonly clock: Clock;
  /** The path of the page, which its forms and links begin with. */
  readonly path: string;
  /** Codes and key links by access method, read just before; null: the guest did not ask for them. */
  readonly shown: ReadonlyMap<string, string> | null;
  /** What came of what the guest asked, in a sentence that is read out. */
  readonly news: string | null;
  /** How far the guest is on the ladder of help. */
  readonly help: 'offered' | 'trying' | 'told';
}

export type Opening = 'before' | 'open' | 'after';

export function openingOf({ room: { window }, now }: { room: Pick<PassRoom, 'window'>; now: Instant }): Opening {
  if (now < window.startsAt) return 'before';
  return now < window.endsAt ? 'open' : 'after';
}

/** When the guest finds somebody at the desk; nothing where the property does not say. */
export const deskTimes = ({ view, clock, language: { message } }: Pick<Screen, 'view' | 'clock' | 'language'>): readonly string[] =>
  deskSentences({ deskHours: view.property.deskHours ?? null, words: message.words, clock });

/** Another key link, in place of one that has ended or was used up. */
export const mayAskForKey = ({ view, now }: Pick<Screen, 'view' | 'now'>): boolean =>
  view.newKeyFrom !== undefined && view.newKeyFrom <= now;

/** Rooms whose access has ended are of no use to anybody. */
export const presentRooms = ({ view, now }: Pick<Screen, 'view' | 'now'>): readonly PassRoom[] =>
  view.rooms.filter((room) => openingOf({ room, now }) !== 'after');
