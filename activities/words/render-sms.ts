/** An SMS: the same statements as the letter, in as few lines as a guest at the door needs. */
import type { Window } from '../../workflows/domain/access.ts';
import type { Notice, Recipient, Sender } from '../../workflows/domain/notice.ts';
import type { DayHours } from '../../workflows/domain/property.ts';
import { gsmName, gsmText } from './gsm.ts';
import { languageOf } from './language.ts';
import { deskSentences, keyLines, type Line } from './lines.ts';
import { type Clock, clockOf } from './moment.ts';
import { type AccessNotice, labelOf, type Medium, type Statement, stateAccess } from './statement.ts';
import type { Words } from './words.ts';

/** Names are cut to these lengths, so that one room with one door stays within two parts however they are called. */
const LENGTH = { guest: 30, place: 30, name: 28, cause: 120 };
/** As many as fit the 1,600 letters that a provider takes; the letter holds all. */
const CAUSES = 8;

interface SmsInput {
  readonly notice: Notice;
  readonly recipient: Recipient;
  readonly sender: Sender;
  /** Digits of a code or link of an Instant Key by access method, read just before. */
  readonly secrets: ReadonlyMap<string, string>;
  readonly passUrl: string | null;
}

/** The body, in GSM letters only. Throws `Unexpected` (`secret_missing`) as `stateAccess` does. */
export function renderSms({ notice, recipient, sender, secrets, passUrl }: SmsInput): string {
  const language = languageOf(recipient.language);
  const { words } = language;
  const clock = clockOf({ language, timeZone: sender.timeZone });
  const medium: Medium = { words, name: (text) => gsmName({ text, length: LENGTH.name }) };
  const { helpLine, deskHours = null } = sender;
  const place = gsmName({ text: sender.propertyName, length: LENGTH.place });
  const greeting = notice.kind === 'staff_alert' ? null : words.greeting(gsmName({ text: recipient.name, length: LENGTH.guest }));
  const opening = [place === null ? null : `${place}:`, greeting].filter((part) => part !== null).join(' ');
  const lines = [
    opening,
    ...body({ notice, medium, clock, deskHours, secrets, passUrl }),
    ...help({ notice, helpLine, deskHours, words, clock }),
  ];
  return gsmText(lines.filter((line) => line !== '').join('\n'));
}

/** Never cut: half a telephone number helps nobody. */
function help({
  notice,
  helpLine,
  deskHours,
  words,
  clock,
}: Pick<Body, 'notice' | 'deskHours' | 'clock'> & {
  readonly helpLine: string | null;
  readonly words: Words;
}): readonly string[] {
  if (notice.kind === 'staff_alert') return [];
  if (helpLine !== null) return [`${words.labels.help}${words.colon} ${helpLine}`];
  return notice.kind === 'access_pending' ? [words.changes.askDesk, ...deskSentences({ deskHours, words, clock })] : [];
}

interface Body {
  readonly notice: Notice;
  readonly medium: Medium;
  readonly clock: Clock;
  readonly deskHours: DayHours | null;
  readonly secrets: ReadonlyMap<string, string>;
  readonly passUrl: string | null;
}

function body({ notice, medium, clock, ...rest }: Body): readonly string[] {
  const { words } = medium;
  switch (notice.kind) {
    case 'access_ready':
    case 'access_changed':
      return accessBody({ notice, medium, clock, ...rest });
    case 'access_pending':
      return [words.sms.pending(clock.short(notice.startsAt)), ...units({ unitIds: notice.unitIds, medium })];
    case 'access_ended':
      return [words.sms.ended(clock.short(notice.endedAt)), ...units({ unitIds: notice.unitIds, medium })];
    case 'contact_changed':
      return [words.sms.contact, ...units({ unitIds: notice.unitIds, medium })];
    case 'staff_alert':
      return alertBody({ notice, words, clock });
  }
}

function accessBody({ notice, medium, clock, deskHours, secrets, passUrl }: Body & { readonly notice: AccessNotice }): readonly string[] {
  const { words } = medium;
  const statement = stateAccess({ notice, medium, secrets, passUrl });
  const lead = statement.isChange ? words.sms.changed : words.sms.ready;
  const rooms = statement.rooms.flatMap((room) => {
    // A moved or added room is named by its note already.
    const title = room.title === null || room.notes.length > 0 ? [] : [room.title];
    return [
      ...title,
      ...room.notes,
      ...keyLines({ room, words }).map(inOneLine(words)),
      ...windowLines({ window: room.window, isNew: room.isUpdate, words, clock }),
    ];
  });
  const times = windowLines({ window: statement.window, isNew: statement.isChange, words, clock });
  const desk = statement.sendsToDesk ? deskSentences({ deskHours, words, clock }) : [];
  const caution = statement.hasSuccessors ? [words.changes.onlyNew] : [];
  return [lead, ...rooms, ...times, ...caution, ...statement.gone, ...pageLines({ page: statement.page, words }), ...desk];
}

const inOneLine =
  (words: Words) =>
  ({ label, value }: Line): string =>
    `${label}${words.colon} ${value}`;

function windowLines(about: {
  readonly window: Window | null;
  readonly isNew: boolean;
  readonly words: Words;
  readonly clock: Clock;
}): readonly string[] {
  const { window, isNew, words, clock } = about;
  if (window === null) return [];
  const times = `${clock.short(window.startsAt)} - ${clock.short(window.endsAt)}`;
  return [isNew ? `${words.labels.newTimes}${words.colon} ${times}` : times];
}

function pageLines({ page, words }: { readonly page: Statement['page']; readonly words: Words }): readonly string[] {
  if (page === null) return [];
  return [page.kind === 'desk' ? words.changes.askDesk : `${words.labels.page}${words.colon} ${page.url}`];
}

function units({ unitIds, medium }: { readonly unitIds: readonly string[]; readonly medium: Medium }): readonly string[] {
  const labels = unitIds.map((unitId) => labelOf({ unitId, medium })).filter((label) => label !== null);
  return labels.length === 0 ? [] : [labels.join(', ')];
}

function alertBody({
  notice,
  words,
  clock,
}: {
  readonly notice: Extract<Notice, { kind: 'staff_alert' }>;
  readonly words: Words;
  readonly clock: Clock;
}): readonly string[] {
  const starts = notice.startsAt === null ? [] : [words.mail.accessStarts(clock.short(notice.startsAt))];
  const causes = notice.causes
    .slice(0, CAUSES)
    .map(({ text }) => gsmName({ text, length: LENGTH.cause }))
    .filter((text) => text !== null);
  return [words.sms.alert(notice.reservationKey), ...starts, ...causes.map((text) => `- ${text}`)];
}
