/** What the guest got, shown without what opens the door. */
import type { SeamHttp } from '@seamapi/http';
import type { MailboxMessage } from '../client/http/mailbox-route.ts';
import type { ReservationView } from '../workflows/domain/view-types.ts';

interface Shown {
  readonly message: MailboxMessage;
  readonly seam: SeamHttp;
  readonly view: ReservationView;
}

export async function shownMessage({ message, seam, view }: Shown): Promise<string> {
  const { channel, to, subject, text } = message;
  const secrets = await secretsOf({ seam, view });
  const masked = secrets.reduce(
    (shown, secret) => shown.replaceAll(grouped(secret), (found) => found.replaceAll(/[A-Za-z\d]/g, '•')),
    text,
  );
  const lines = [`${channel === 'email' ? 'e-mail' : 'SMS'} to ${to}${subject === '' ? '' : `: ${subject}`}`, ...masked.trim().split('\n')];
  return lines.map((line) => `         | ${line}`).join('\n');
}

async function secretsOf({ seam, view }: Omit<Shown, 'message'>): Promise<readonly string[]> {
  const ids = view.access.flatMap(({ accessGrantId }) => accessGrantId ?? []);
  const methods = await Promise.all(ids.map((id) => seam.accessMethods.list({ access_grant_id: id }).catch(() => [])));
  const found = methods.flat().flatMap(({ code, instant_key_url: link }) => [code ?? '', link?.split('/').at(-1) ?? '']);
  return found.filter((secret) => secret !== '');
}

/** Codes are written in groups, as on the keypad. */
const grouped = (secret: string): RegExp =>
  new RegExp([...secret].map((character) => character.replace(/\W/, String.raw`\$&`)).join(' ?'), 'g');
