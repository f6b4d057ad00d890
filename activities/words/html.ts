/**
 * The letter as HTML: real headings and paragraphs, the reader's own colours in light and dark, nothing loaded from anywhere.
 */
import { escapeHtml } from './escape-html.ts';
import type { Letter, Section } from './letter.ts';
import type { Line } from './lines.ts';
import type { Words } from './words.ts';

/** What frames a letter: who is addressed and who signs. */
export interface Frame {
  readonly letter: Letter;
  readonly words: Words;
  readonly greeting: string;
  /** Empty for staff. */
  readonly signature: readonly string[];
  readonly locale: string;
}

const PAGE =
  'margin:0 auto;padding:24px;max-width:36em;font-family:system-ui,-apple-system,"Segoe UI",Roboto,Arial,sans-serif;font-size:16px;line-height:1.5';
const CODE = 'font-family:ui-monospace,Menlo,Consolas,monospace;font-size:1.5em;letter-spacing:.06em;white-space:nowrap';

export function letterHtml({ letter, words, greeting, signature, locale }: Frame): string {
  const parts = [
    paragraph([greeting]),
    paragraph([letter.opening]),
    ...letter.sections.map((section) => sectionHtml({ section, words })),
    paragraph(letter.closing),
    paragraph(signature),
  ];
  return `<!DOCTYPE html>
<html lang="${escapeHtml(locale)}" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="format-detection" content="telephone=no">
<title>${escapeHtml(letter.subject)}</title>
</head>
<body style="${escapeHtml(PAGE)}">
${parts.filter((part) => part !== '').join('\n')}
</body>
</html>
`;
}

const paragraph = (lines: readonly string[]): string => (lines.length === 0 ? '' : `<p>${lines.map(escapeHtml).join('<br>\n')}</p>`);

function sectionHtml({ section, words }: { readonly section: Section; readonly words: Words }): string {
  const title = section.title === null ? '' : `<h2 style="font-size:1.1em;margin:1.5em 0 0">${escapeHtml(section.title)}</h2>\n`;
  const lines = [...section.notes.map(escapeHtml), ...section.lines.map((line) => lineHtml({ line, words }))];
  return `${title}${lines.length === 0 ? '' : `<p style="margin-top:.25em">${lines.join('<br>\n')}</p>`}`;
}

function lineHtml({ line, words }: { readonly line: Line; readonly words: Words }): string {
  return `${escapeHtml(line.label + words.colon)} ${valueHtml(line)}`;
}

function valueHtml({ value, style }: Line): string {
  if (style === 'code') return `<strong style="${escapeHtml(CODE)}">${escapeHtml(value)}</strong>`;
  if (style === 'link' && /^https?:\/\//i.test(value)) return `<a href="${escapeHtml(value)}">${escapeHtml(value)}</a>`;
  return `<strong>${escapeHtml(value)}</strong>`;
}
