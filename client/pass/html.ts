/** HTML by parts: what is put into a template is escaped, unless it is HTML already. */
import { escapeHtml } from '../../activities/words/escape-html.ts';

/** HTML that was made here. */
export interface Html {
  readonly html: string;
}

type Part = string | Html | readonly Html[];

export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { html: strings.map((text, i) => text + rendered(parts[i] ?? '')).join('') };
}

export const NOTHING: Html = { html: '' };

const isList = (part: Part): part is readonly Html[] => Array.isArray(part);

function rendered(part: Part): string {
  if (typeof part === 'string') return escapeHtml(part);
  return isList(part) ? part.map((item) => item.html).join('\n') : part.html;
}
