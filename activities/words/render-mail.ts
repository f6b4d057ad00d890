/** An e-mail: the letter as plain text and as HTML with the same content, and the stay as a calendar file. */
import type { Notice, Recipient, Sender } from '../../workflows/domain/notice.ts';
import type { MailMessage } from '../ports.ts';
import { plainName } from './booking-text.ts';
import { stayCalendar } from './calendar.ts';
import { type Frame, letterHtml } from './html.ts';
import { languageOf } from './language.ts';
import { writeLetter } from './letter.ts';
import { clockOf } from './moment.ts';
import { difference, everything } from './news.ts';
import type { Words } from './words.ts';

interface MailInput {
  readonly notice: Notice;
  readonly recipient: Recipient;
  readonly sender: Sender;
  /** Digits of a code or link of an Instant Key by access method, read just before. */
  readonly secrets: ReadonlyMap<string, string>;
  /** The link to the guest's page: said where the content is `pass` or a key is a cloud key. */
  readonly passUrl: string | null;
  readonly messageId: string;
}

/** Throws `Unexpected` (`secret_missing`) where a key is to be told whose secret is not in `secrets`. */
export function renderMail({ notice, recipient, sender, secrets, passUrl, messageId }: MailInput): MailMessage {
  const language = languageOf(recipient.language);
  const { words, locale } = language;
  const clock = clockOf({ language, timeZone: sender.timeZone });
  const place = plainName(sender.propertyName) ?? sender.timeZone;
  const medium = { words, name: (text: string) => plainName(text) };
  const letter = writeLetter({
    notice,
    place,
    medium,
    clock,
    helpLine: sender.helpLine,
    deskHours: sender.deskHours ?? null,
    secrets,
    passUrl,
  });
  const signature = notice.kind === 'staff_alert' ? [] : [words.mail.closing, place];
  const frame: Frame = { letter, words, greeting: words.greeting(plainName(recipient.name)), signature, locale };
  return {
    messageId,
    from: sender.from,
    replyTo: sender.replyTo,
    to: recipient.address,
    subject: letter.subject,
    text: letterText(frame),
    html: letterHtml(frame),
    language: locale,
    calendar: calendarOf({ notice, place, words, timeZone: sender.timeZone }),
  };
}

function letterText({ letter, words, greeting, signature }: Frame): string {
  const sections = letter.sections.map(({ title, notes, lines }) =>
    [...(title === null ? [] : [title]), ...notes, ...lines.map(({ label, value }) => `${label}${words.colon} ${value}`)].join('\n'),
  );
  return `${[greeting, letter.opening, ...sections, letter.closing.join('\n'), signature.join('\n')].filter((part) => part !== '').join('\n\n')}\n`;
}

/** The file goes along whenever the guest learns of times: the first time and when they move. */
function calendarOf(about: {
  readonly notice: Notice;
  readonly place: string;
  readonly words: Words;
  readonly timeZone: string;
}): string | null {
  const { notice, place, words, timeZone } = about;
  if (notice.kind !== 'access_ready' && notice.kind !== 'access_changed') return null;
  const news = notice.kind === 'access_ready' ? everything(notice.facts) : difference(notice);
  const tellsTime = news.gone.length > 0 || news.rooms.some(({ window }) => window);
  return tellsTime && notice.facts.rooms.length > 0
    ? stayCalendar({ facts: notice.facts, place, title: words.mail.stayAt(place), timeZone })
    : null;
}
