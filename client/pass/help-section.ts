/** Help as a ladder: whom to call, always; then what to try, with the keys shown once more and other ways in; then staff is told. */
import type { Mode } from '../../workflows/domain/property.ts';
import { contactLink } from './contact.ts';
import { type Html, html, NOTHING } from './html.ts';
import { otherWaysTexts } from './other-ways.ts';
import { deskTimes, presentRooms, type Screen } from './screen.ts';
import type { PassWords } from './words/words.ts';

export function helpSection(screen: Screen): Html {
  const { words } = screen.language;
  return html`<section aria-labelledby="help">
<h2 id="help">${words.help.title}</h2>
${contact(screen)}
${nextStep(screen)}
</section>`;
}

function contact(screen: Screen): Html {
  const { property } = screen.view;
  const { words, message } = screen.language;
  return property.helpLine === null
    ? html`<p>${[message.words.changes.askDesk, ...deskTimes(screen)].join(' ')}</p>`
    : html`<p>${words.help.contact}</p>${contactLink(property.helpLine)}`;
}

const TIPS: Readonly<Record<Mode, (help: PassWords['help']) => string>> = {
  cloud_key: ({ tryPage }) => tryPage,
  code: ({ tryCode }) => tryCode,
  mobile_key: ({ tryMobileKey }) => tryMobileKey,
  card: ({ tryCard }) => tryCard,
};

/** What to try, right under the sentence that says so; while staff is on its way, what else opens the door. */
export function tips(screen: Screen): Html {
  if (screen.help === 'offered') return NOTHING;
  const { help } = screen.language.words;
  const own = screen.help === 'trying' ? modesOf(screen).map((mode) => html`${TIPS[mode](help)}`) : [];
  const texts = [...own, ...otherWaysTexts(screen)];
  return texts.length === 0 ? NOTHING : html`<ul>${texts.map((text) => html`<li>${text}</li>`)}</ul>`;
}

const modesOf = (screen: Screen): readonly Mode[] => [...new Set(presentRooms(screen).flatMap(({ keys }) => keys.map(({ mode }) => mode)))];

function nextStep({ help, path, language: { words } }: Screen): Html {
  if (help === 'told') return NOTHING;
  const [step, label] = help === 'offered' ? ['keys', words.help.doesNotWork] : ['staff', words.help.tellStaff];
  return html`<form method="post" action="${path}/help"><input type="hidden" name="step" value="${step}"><button class="second">${label}</button></form>`;
}
