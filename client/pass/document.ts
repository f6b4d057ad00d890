/** The frame of every page that a guest sees: one file, nothing loaded but its icon and manifest, nothing run but its own script. */
import { createHash } from 'node:crypto';
import { type Html, html, NOTHING } from './html.ts';
import type { PassLanguage } from './language.ts';
import { SCRIPT } from './script.ts';
import { STYLE } from './style.ts';

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Only what stands here by its hash is styled or run; forms go to this server alone. */
export const PASS_CSP = [
  "default-src 'none'",
  `style-src ${hashOf(STYLE)}`,
  `script-src ${hashOf(SCRIPT)}`,
  "img-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

interface Document {
  readonly language: PassLanguage;
  readonly title: string;
  /** The path of the page that can be put on the home screen; null: there is none. */
  readonly installable: string | null;
  readonly iconPath: string;
  readonly main: Html;
}

export function documentOf({ language: { words, message }, title, installable, iconPath, main }: Document): string {
  const manifest = installable === null ? NOTHING : html`<link rel="manifest" href="${installable}/manifest.webmanifest">`;
  const { html: text } = html`<!doctype html>
<html lang="${message.locale}" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<meta name="referrer" content="no-referrer">
<meta name="format-detection" content="telephone=no">
<meta name="theme-color" media="(prefers-color-scheme: light)" content="#ffffff">
<meta name="theme-color" media="(prefers-color-scheme: dark)" content="#121416">
<title>${title}</title>
<link rel="icon" href="${iconPath}" type="image/svg+xml">
${manifest}
<style>${{ html: STYLE }}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${main}
<p class="busy" role="status" data-text="${words.doors.busy}"></p>
</main>
<script>${{ html: SCRIPT }}</script>
</body>
</html>
`;
  return text;
}
