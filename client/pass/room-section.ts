/** One room: when it opens, what opens it, and what to do at the door with each kind of key. */
import { randomUUID } from 'node:crypto';
import { plainName, unitLabel } from '../../activities/words/booking-text.ts';
import { saidKeys } from '../../activities/words/said-keys.ts';
import type { KeyFact } from '../../workflows/domain/notice.ts';
import { isLink, type PassDoor, type PassRoom } from '../../workflows/domain/pass-view.ts';
import { type Html, html, NOTHING } from './html.ts';
import { deskTimes, mayAskForKey, openingOf, type Screen } from './screen.ts';
import { unlockForm } from './unlock-form.ts';

interface Of {
  readonly room: PassRoom;
  readonly screen: Screen;
}

export function roomSection({ room, screen, id }: Of & { readonly id: string }): Html {
  const { words, message } = screen.language;
  const title = unitLabel({ unitId: room.unitId, label: message.words.unit }) ?? words.keys.title;
  return html`<section aria-labelledby="${id}">
<h2 id="${id}">${title}</h2>
${times({ room, screen })}
${doors({ room, screen })}
${keys({ room, screen })}
</section>`;
}

function times({ room, screen: { language, clock, now } }: Of): Html {
  const { states } = language.words;
  const [from, until] = [clock.long(room.window.startsAt), clock.long(room.window.endsAt)];
  return html`<p>${openingOf({ room, now }) === 'open' ? states.openUntil(until) : states.opensFrom({ from, until })}</p>`;
}

export const doorName = (door: Pick<PassDoor, 'id' | 'name'>): string => plainName(door.name) ?? door.id;

function doors({ room, screen }: Of): Html {
  const { words, message } = screen.language;
  const { labels, colon } = message.words;
  const fromPage = room.doors.filter((door) => door.opensFromPage);
  const names = [...new Set(room.doors.map(doorName))].join(', ');
  const all = html`<p>${labels.doors}${colon} <strong>${names}</strong></p>`;
  if (fromPage.length === 0) return all;
  if (openingOf({ room, now: screen.now }) !== 'open')
    return html`${all}
<p>${words.doors.openFrom(screen.clock.long(room.window.startsAt))}</p>`;
  const named = room.doors.some((door) => !door.opensFromPage) ? all : NOTHING;
  return html`${named}
${fromPage.map((door) => unlockForm({ door, name: doorName(door), screen }))}`;
}

function keys({ room, screen }: Of): Html {
  const { words } = screen.language;
  const card = room.keys.some(({ mode }) => mode === 'card')
    ? html`<p>${[words.keys.cardHint, ...deskTimes(screen)].join(' ')}</p>`
    : NOTHING;
  const secret = room.keys.filter((key) => key.mode === 'code' || isLink(key));
  if (secret.length === 0) return card;
  if (!screen.view.mayShow) return html`<p>${words.keys.held}</p>${card}`;
  return screen.shown === null
    ? html`${showForm({ keys: secret, screen })}${card}`
    : html`${shownKeys({ room, keys: secret, secrets: screen.shown, screen })}${card}`;
}

function showForm({ keys, screen: { language, path } }: { keys: readonly KeyFact[]; screen: Screen }): Html {
  const { showBoth, showCode, showMobileKey } = language.words.keys;
  const has = (mode: KeyFact['mode']): boolean => keys.some((key) => key.mode === mode);
  const label = has('code') && has('mobile_key') ? showBoth : has('code') ? showCode : showMobileKey;
  return html`<form method="post" action="${path}/show"><button>${label}</button></form>`;
}

function shownKeys({ room, keys, secrets, screen }: Of & { keys: readonly KeyFact[]; secrets: ReadonlyMap<string, string> }): Html {
  const { words, message } = screen.language;
  const known = keys.filter(({ accessMethodId }) => secrets.has(accessMethodId));
  const missing = known.length < keys.length ? html`<p>${words.keys.unreadable}</p>` : NOTHING;
  const said = saidKeys({ room, keys: known, secrets }).map((key) => {
    if (key.kind === 'mobile_key')
      return html`${mobileKeyLink({ url: key.url, label: words.keys.openMobileKey })}
<p>${message.words.mail.mobileKeyHint}</p>`;
    if (key.kind === 'at_desk') return NOTHING;
    const names = room.doors.filter(({ id }) => key.doors.includes(id)).map(doorName);
    const label = names.length === 0 ? message.words.labels.code : `${message.words.labels.code} (${names.join(', ')})`;
    return html`<h3>${label}</h3>
<p class="code"><span aria-hidden="true">${key.code}</span><span class="said">${[...key.code.replaceAll(' ', '')].join(' ')}</span></p>
<p>${words.keys.codeHint}</p>`;
  });
  return html`${said}${missing}${newKeyForm({ keys, screen })}
<p><a class="button second" href="${screen.path}">${words.keys.hide}</a></p>`;
}

/** Seam says neither that a link was used up nor, at once, that it has ended: the guest knows. */
function newKeyForm({ keys, screen }: { keys: readonly KeyFact[]; screen: Screen }): Html {
  if (!mayAskForKey(screen) || !keys.some(isLink)) return NOTHING;
  const { newLink, newLinkHint } = screen.language.words.keys;
  return html`<p>${newLinkHint}</p>
<form method="post" action="${screen.path}/new-key"><input type="hidden" name="key" value="${randomUUID()}"><button class="second">${newLink}</button></form>`;
}

const mobileKeyLink = ({ url, label }: { url: string; label: string }): Html =>
  /^https?:/.test(url) ? html`<p><a class="button" href="${url}" rel="noreferrer">${label}</a></p>` : html`<p>${url}</p>`;
