/** The doors that open in more than one way: where one key does not work, another may. */
import type { Mode } from '../../workflows/domain/property.ts';
import { type Html, html } from './html.ts';
import { doorName } from './room-section.ts';
import { openingOf, presentRooms, type Screen } from './screen.ts';

export interface WaysIn {
  readonly doors: readonly { readonly id: string; readonly name: string }[];
  /** What opens these doors and is the guest's to use now, in the order in which the guest has it. */
  readonly modes: readonly Mode[];
}

/** Doors of a room that open alike stand together. */
export function otherWays(screen: Pick<Screen, 'view' | 'now'>): readonly WaysIn[] {
  return presentRooms(screen).flatMap((room) => {
    const isOpen = openingOf({ room, now: screen.now }) === 'open';
    const waysTo = ({ id, opensFromPage }: (typeof room.doors)[number]): readonly Mode[] => {
      const usable = room.keys.filter(({ mode, fingerprint, doors }) => {
        if (mode === 'card') return doors.includes(id);
        if (mode === 'cloud_key') return isOpen && opensFromPage;
        return doors.includes(id) && fingerprint !== null && screen.view.mayShow;
      });
      return [...new Set(usable.map(({ mode }) => mode))];
    };
    const alike = Map.groupBy(room.doors, (door) => waysTo(door).join());
    return [...alike.values()].flatMap((doors) => {
      const modes = doors[0] === undefined ? [] : waysTo(doors[0]);
      return modes.length < 2 ? [] : [{ doors: doors.map((door) => ({ id: door.id, name: doorName(door) })), modes }];
    });
  });
}

export function otherWaysTexts(screen: Screen): readonly Html[] {
  const { words, message } = screen.language;
  const { tryOther, ways } = words.help;
  const either = new Intl.ListFormat(message.locale, { type: 'disjunction' });
  return otherWays(screen).map(({ doors, modes }) => {
    const names = [...new Set(doors.map(({ name }) => name))].join(', ');
    return html`${tryOther({ doors: names, ways: either.format(modes.map((mode) => ways[mode])) })}`;
  });
}
