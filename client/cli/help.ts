/** `latchkey --help`. */
import type { Command } from './command.ts';

const KEY =
  'KEY is <source>:<reservationId>, for example mews-lisbon:R-1042. The server is found by LATCHKEY_PUBLIC_URL, or LATCHKEY_HOST and\nLATCHKEY_PORT; the token by LATCHKEY_TOKEN, LATCHKEY_API_TOKENS or the data folder. Exit status: 0 done, 1 refused, 2 wrong arguments.';

export function helpText({ commands }: { commands: readonly Command[] }): string {
  const blocks = commands.map(({ usage, summary }) => `  latchkey ${usage}\n      ${summary}`);
  return [
    'Latchkey turns reservations into working keys, and takes them back.',
    '',
    ...blocks,
    '',
    '  latchkey --help, --version',
    '',
    KEY,
  ].join('\n');
}
