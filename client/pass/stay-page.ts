/** The page of one guest: the rooms with their doors and keys, or why there is none yet; and help. */
import { plainName } from '../../activities/words/booking-text.ts';
import { documentOf } from './document.ts';
import { helpSection, tips } from './help-section.ts';
import { type Html, html, NOTHING } from './html.ts';
import { roomSection } from './room-section.ts';
import { presentRooms, type Screen } from './screen.ts';

export function stayPage(screen: Screen & { readonly iconPath: string }): string {
  const { language, news, path, iconPath } = screen;
  const { words, message } = language;
  const rooms = presentRooms(screen);
  const main = html`${news === null ? NOTHING : html`<p class="news" role="status" tabindex="-1" autofocus>${news}</p>`}
${tips(screen)}
${rooms.length === 0 ? state(screen) : rooms.map((room, i) => roomSection({ room, screen, id: `room-${i + 1}` }))}
${helpSection(screen)}
<p class="quiet">${message.words.mail.localTime}</p>`;
  return documentOf({
    language,
    title: words.title(plainName(screen.view.property.name)),
    installable: path,
    iconPath,
    main,
  });
}

/** There is nothing to open, and this is why. */
function state({ view, now, clock, language: { words } }: Screen): Html {
  const { states } = words;
  const isLate = now >= view.startsAt;
  const times = isLate ? NOTHING : html`<p>${states.opensFrom({ from: clock.long(view.startsAt), until: clock.long(view.endsAt) })}</p>`;
  switch (view.phase) {
    case 'over':
    case 'given':
      return html`<p>${states.over}</p>`;
    case 'tentative':
      return html`<p>${states.tentative}</p>`;
    case 'blocked':
      return html`<p>${states.blocked}</p>${times}`;
    case 'waiting':
      return html`<p>${isLate ? states.late : states.waiting}</p>${times}`;
  }
}
