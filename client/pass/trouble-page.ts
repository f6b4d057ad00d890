/** A page that cannot be shown, or something that cannot be done: what it is, what to do, whom to call. */
import { contactLink } from './contact.ts';
import { documentOf } from './document.ts';
import { html, NOTHING } from './html.ts';
import type { PassLanguage } from './language.ts';

interface Trouble {
  readonly language: PassLanguage;
  readonly text: string;
  /** null where it is not known, or the property has none. */
  readonly place: string | null;
  readonly helpLine: string | null;
  /** The way back to the page, where there is one. */
  readonly path: string | null;
  readonly iconPath: string;
}

export function troublePage({ language, text, place, helpLine, path, iconPath }: Trouble): string {
  const { words } = language;
  const main = html`<p class="news" role="alert">${text}</p>
${path === null ? NOTHING : html`<p><a class="button" href="${path}">${words.troubles.back}</a></p>`}
${helpLine === null ? NOTHING : html`<section aria-labelledby="help"><h2 id="help">${words.help.title}</h2><p>${words.help.contact}</p>${contactLink(helpLine)}</section>`}`;
  return documentOf({ language, title: words.title(place), installable: null, iconPath, main });
}
