/** `latchkey scan ENCODER_ID`: what the card on an encoder opens. */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { loadSettings } from '../../config/settings.ts';
import { attemptProblem } from '../../workflows/domain/errand-problems.ts';
import { cardScanner, type ScannedCard } from '../card-scan.ts';
import type { Command } from './command.ts';
import { Refused, STATUS, UsageError } from './failure.ts';
import { json, plain, when } from './terminal-text.ts';

export const scan: Command = {
  name: 'scan',
  usage: 'scan ENCODER_ID [--json]',
  summary: 'Read the card that lies on an encoder: its number, its times, and the doors that it opens. Asks Seam directly.',
  async run({ args, env, print }) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false } },
    });
    const [encoderId, ...rest] = positionals;
    if (encoderId === undefined || rest.length > 0) throw new UsageError('scan takes an ENCODER_ID.');
    const { seam } = loadSettings({ env, role: 'cli' }).environment;
    if (seam === null) throw new Refused('A card is read by Seam: set SEAM_API_KEY and SEAM_WEBHOOK_SECRET.');
    const read = cardScanner({ seam, now: Date.now, pause: (ms) => sleep(ms) });
    const found = await read(encoderId).catch((error: unknown) => {
      throw new Refused(`The card was not read: ${error instanceof Error ? error.message : 'Seam was not reached'}.`);
    });
    if (found.kind === 'failed') throw new Refused(attemptProblem({ kind: 'scan', code: found.code }));
    print(values.json ? json(found.card) : readable(found.card));
    return STATUS.ok;
  },
};

function readable({ cardNumber, startsAt, endsAt, doors }: ScannedCard): string {
  const opens = doors === null ? ['Seam does not know what it opens.'] : doors.map(({ id, name }) => `  opens ${name} (${id})`);
  return [`Card ${cardNumber ?? 'without a number'}, from ${when(startsAt, null)} to ${when(endsAt, null)}`, ...opens]
    .map(plain)
    .join('\n');
}
