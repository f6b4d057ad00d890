/** The doors and keys of one room as lines of a label and a value, for every medium alike. */
import type { DayHours } from '../../workflows/domain/property.ts';
import type { Clock } from './moment.ts';
import type { SaidKey } from './said-keys.ts';
import type { SaidRoom } from './statement.ts';
import type { Words } from './words.ts';

export interface Line {
  readonly label: string;
  readonly value: string;
  readonly style: 'text' | 'code' | 'link';
}

export function keyLines({ room, words }: { readonly room: SaidRoom; readonly words: Words }): readonly Line[] {
  const { labels } = words;
  const doors: Line = {
    label: room.isUpdate && !room.hasNewKeys ? labels.doorsNow : labels.doors,
    value: room.doors.join(', '),
    style: 'text',
  };
  return [...(room.doors.length === 0 ? [] : [doors]), ...room.keys.map((key) => keyLine({ key, isNew: room.hasNewKeys, words }))];
}

function keyLine({ key, isNew, words }: { readonly key: SaidKey; readonly isNew: boolean; readonly words: Words }): Line {
  const { labels } = words;
  switch (key.kind) {
    case 'code': {
      const label = isNew ? labels.newCode : labels.code;
      return { label: key.doors.length === 0 ? label : `${label} (${key.doors.join(', ')})`, value: key.code, style: 'code' };
    }
    case 'mobile_key':
      return { label: isNew ? labels.newMobileKey : labels.mobileKey, value: key.url, style: 'link' };
    case 'at_desk': {
      const label = key.mode === 'card' ? labels.card : labels.mobileKey;
      return { label: key.count === 1 ? label : `${label} (${key.count})`, value: labels.atDesk, style: 'text' };
    }
  }
}

/** When the guest finds somebody there, on the property's clock; nothing where the property does not say. */
export function deskSentences({
  deskHours,
  words,
  clock,
}: {
  readonly deskHours: DayHours | null;
  readonly words: Words;
  readonly clock: Clock;
}): readonly string[] {
  return deskHours === null ? [] : [words.changes.deskOpen({ from: clock.ofDay(deskHours.from), to: clock.ofDay(deskHours.to) })];
}
