/** What lets a guest put the page on the home screen: its name, address and icon, and nothing of what it shows. */
import { plainName } from '../../activities/words/booking-text.ts';
import type { PassView } from '../../workflows/domain/pass-view.ts';
import type { PassLanguage } from './language.ts';

interface Manifest {
  readonly view: PassView;
  readonly language: PassLanguage;
  readonly path: string;
  readonly iconPath: string;
}

/** A web app manifest (W3C). */
export function manifestOf({ view, language: { words, message }, path, iconPath }: Manifest): object {
  const place = plainName(view.property.name);
  return {
    name: words.title(place),
    short_name: place ?? words.title(null),
    lang: message.locale,
    id: path,
    start_url: path,
    scope: path,
    display: 'standalone',
    background_color: '#ffffff',
    theme_color: '#0b4fae',
    icons: [{ src: iconPath, sizes: 'any', type: 'image/svg+xml', purpose: 'any' }],
  };
}

/** A key; drawn here, for nothing is loaded from anywhere else. */
export const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512"><rect width="512" height="512" rx="96" fill="#0b4fae"/><g fill="none" stroke="#fff" stroke-width="44" stroke-linecap="round" stroke-linejoin="round"><circle cx="176" cy="256" r="76"/><path d="M252 256h168M364 256v72M420 256v48"/></g></svg>
`;
