/** A letter before it is text or HTML: an opening, sections of lines, and an end. */
import type { Window } from '../../workflows/domain/access.ts';
import type { Notice } from '../../workflows/domain/notice.ts';
import type { DayHours } from '../../workflows/domain/property.ts';
import { deskSentences, keyLines, type Line } from './lines.ts';
import type { Clock } from './moment.ts';
import { type AccessNotice, labelOf, type Medium, type SaidRoom, stateAccess } from './statement.ts';
import type { Words } from './words.ts';

export interface Section {
  readonly title: string | null;
  readonly notes: readonly string[];
  readonly lines: readonly Line[];
}

export interface Letter {
  readonly subject: string;
  /** Stands before every code and is longer than what a mail program previews. */
  readonly opening: string;
  readonly sections: readonly Section[];
  readonly closing: readonly string[];
}

interface LetterInput {
  readonly notice: Notice;
  readonly place: string;
  readonly medium: Medium;
  readonly clock: Clock;
  readonly helpLine: string | null;
  readonly deskHours: DayHours | null;
  readonly secrets: ReadonlyMap<string, string>;
  readonly passUrl: string | null;
}

export function writeLetter(input: LetterInput): Letter {
  const { notice, place, medium, clock, helpLine, deskHours } = input;
  const { mail } = medium.words;
  const help = helpLine === null ? [] : [mail.help(helpLine)];
  switch (notice.kind) {
    case 'access_ready':
    case 'access_changed':
      return accessLetter({ ...input, notice });
    case 'access_pending':
      return {
        subject: mail.pendingSubject(place),
        opening: mail.pending({ place, starts: clock.long(notice.startsAt) }),
        sections: unitSections({ unitIds: notice.unitIds, medium }),
        closing: [
          ...(helpLine === null ? [mail.seeDesk, ...deskSentences({ deskHours, words: medium.words, clock })] : [mail.callUs(helpLine)]),
          mail.localTime,
        ],
      };
    case 'access_ended':
      return {
        subject: mail.endedSubject(place),
        opening: mail.ended({ place, ends: clock.long(notice.endedAt) }),
        sections: unitSections({ unitIds: notice.unitIds, medium }),
        closing: [mail.localTime, ...help],
      };
    case 'contact_changed':
      return {
        subject: mail.contactSubject(place),
        opening: mail.contact(place),
        sections: unitSections({ unitIds: notice.unitIds, medium }),
        closing: help,
      };
    case 'staff_alert':
      return alertLetter({ ...input, notice });
  }
}

function accessLetter({
  notice,
  place,
  medium,
  clock,
  helpLine,
  deskHours,
  secrets,
  passUrl,
}: LetterInput & { readonly notice: AccessNotice }): Letter {
  const { words } = medium;
  const { mail, changes, labels } = words;
  const { rooms, window, gone, page, sendsToDesk, isChange, hasSuccessors } = stateAccess({ notice, medium, secrets, passUrl });
  const times: Section[] =
    window === null ? [] : [{ title: isChange ? labels.newTimes : null, notes: [], lines: windowLines({ window, words, clock }) }];
  const pages: Section[] =
    page?.kind === 'link' ? [{ title: null, notes: [mail.pageHint], lines: [{ label: labels.page, value: page.url, style: 'link' }] }] : [];
  const cautions = [
    ...(hasSuccessors ? [changes.onlyNew] : []),
    ...(rooms.some(({ keys }) => keys.some(({ kind }) => kind === 'mobile_key')) ? [mail.mobileKeyHint] : []),
    ...(page?.kind === 'desk' ? [changes.askDesk] : []),
    ...(sendsToDesk ? deskSentences({ deskHours, words, clock }) : []),
  ];
  const tellsTime = window !== null || rooms.some((room) => room.window !== null);
  return {
    subject: isChange ? mail.changedSubject(place) : mail.readySubject(place),
    opening: isChange ? mail.changed(place) : mail.ready(place),
    sections: [
      ...times,
      ...rooms.map((room) => roomSection({ room, words, clock })),
      ...pages,
      ...gone.map((note) => ({ title: null, notes: [note], lines: [] })),
    ],
    closing: [...cautions, ...(tellsTime ? [mail.localTime] : []), ...(helpLine === null ? [] : [mail.help(helpLine)])],
  };
}

function roomSection({ room, words, clock }: { readonly room: SaidRoom; readonly words: Words; readonly clock: Clock }): Section {
  const times = room.window === null ? [] : windowLines({ window: room.window, words, clock });
  const notes = room.isUpdate && room.window !== null ? [...room.notes, `${words.labels.newTimes}${words.colon}`] : room.notes;
  return { title: room.title, notes, lines: [...times, ...keyLines({ room, words })] };
}

function windowLines({ window, words, clock }: { readonly window: Window; readonly words: Words; readonly clock: Clock }): readonly Line[] {
  return [
    { label: words.labels.from, value: clock.long(window.startsAt), style: 'text' },
    { label: words.labels.until, value: clock.long(window.endsAt), style: 'text' },
  ];
}

function unitSections({ unitIds, medium }: { readonly unitIds: readonly string[]; readonly medium: Medium }): readonly Section[] {
  const labels = unitIds.map((unitId) => labelOf({ unitId, medium })).filter((label) => label !== null);
  return labels.length === 0 ? [] : [{ title: labels.join(', '), notes: [], lines: [] }];
}

function alertLetter({
  notice,
  place,
  medium,
  clock,
}: LetterInput & { readonly notice: Extract<Notice, { kind: 'staff_alert' }> }): Letter {
  const { mail } = medium.words;
  const about = { place, reservation: notice.reservationKey };
  const starts = notice.startsAt === null ? [] : [mail.accessStarts(clock.long(notice.startsAt))];
  return {
    subject: mail.alertSubject(about),
    opening: [mail.alert(about), ...starts].join(' '),
    sections: [{ title: null, notes: notice.causes.map(({ code, text }) => `- ${text} (${code})`), lines: [] }],
    closing: [],
  };
}
