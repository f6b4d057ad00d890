/** `latchkey book KEY FILE`: says what a booking system would say of a reservation. */
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { putSchema } from '../http/view-schema.ts';
import { connectToApi } from './api.ts';
import type { Command, Terminal } from './command.ts';
import { STATUS, UsageError } from './failure.ts';
import { pathOf } from './reservation-key.ts';
import { json, plain } from './terminal-text.ts';

const OUTCOMES = {
  accepted: 'accepted',
  stale: 'not taken: a newer version of it is known',
  past: 'nothing started: the stay is over, and it was never heard of',
} as const;

export const book: Command = {
  name: 'book',
  usage: 'book KEY FILE [--json]',
  summary: 'Put a reservation from a JSON file, - for standard input, as a booking system does.',
  async run({ args, env, print, stdin }) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false } },
    });
    const [key, file, ...rest] = positionals;
    if (key === undefined || file === undefined || rest.length > 0) throw new UsageError('book takes a KEY and a FILE.');
    const path = pathOf(key);
    const body = await reservationIn({ file, stdin });
    const answer = await connectToApi({ env, roles: ['pms', 'operator'] })({ method: 'PUT', path, body });
    const { outcome } = putSchema.parse(answer);
    print(values.json ? json(answer) : plain(`${key}: ${OUTCOMES[outcome]}`));
    return STATUS.ok;
  },
};

/** Whether it is a reservation is for the server to say: it names every field. @throws UsageError */
async function reservationIn({ file, stdin }: Pick<Terminal, 'stdin'> & { readonly file: string }): Promise<unknown> {
  const name = file === '-' ? 'Standard input' : file;
  const content = await (file === '-' ? text(stdin) : readFile(file, 'utf8')).catch((error: unknown) => {
    throw new UsageError(`${name} cannot be read (${error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason'}).`);
  });
  try {
    return JSON.parse(content);
  } catch {
    throw new UsageError(`${name} is not JSON.`);
  }
}
