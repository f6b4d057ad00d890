/** The property's help line as something to tap: a telephone, an address, a link, or just words. */
import { type Html, html } from './html.ts';

const PHONE = /^\+?[\d\s().-]{5,}$/;
const MAIL = /^[^\s@]+@[^\s@]+$/;
const WEB = /^https:\/\/\S+$/;

export function contactLink(line: string): Html {
  const href = hrefOf(line.trim());
  return href === null ? html`<p><strong>${line}</strong></p>` : html`<p><a class="button second" href="${href}">${line}</a></p>`;
}

function hrefOf(line: string): string | null {
  if (PHONE.test(line)) return `tel:${line.replace(/[^+\d]/g, '')}`;
  if (MAIL.test(line)) return `mailto:${line}`;
  return WEB.test(line) ? line : null;
}
