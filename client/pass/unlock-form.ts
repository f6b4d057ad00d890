/** The button of one door. Its key makes a double tap one order; the page that answers has a new one. */
import { randomUUID } from 'node:crypto';
import type { PassDoor } from '../../workflows/domain/pass-view.ts';
import { type Html, html } from './html.ts';
import type { Screen } from './screen.ts';

export function unlockForm({ door, name, screen }: { door: PassDoor; name: string; screen: Screen }): Html {
  const field = door.kind === 'entrance' ? 'entranceId' : 'deviceId';
  return html`<form method="post" action="${screen.path}/unlock"><input type="hidden" name="${field}" value="${door.id}"><input type="hidden" name="key" value="${randomUUID()}"><button>${screen.language.words.doors.open(name)}</button></form>`;
}
