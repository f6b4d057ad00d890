/** `latchkey act KEY ACTION`: an operator's action. */
import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { ORDERS } from '../intake/order-schema.ts';
import { connectToApi } from './api.ts';
import type { Command } from './command.ts';
import { STATUS, UsageError } from './failure.ts';
import { pathOf } from './reservation-key.ts';
import { json, plain } from './terminal-text.ts';

const options = { json: { type: 'boolean', default: false }, 'idempotency-key': { type: 'string' } } as const;

const outcomeSchema = z.looseObject({ outcome: z.string() });

export const act: Command = {
  name: 'act',
  usage: 'act KEY ACTION [field=value…] [--idempotency-key K] [--json]',
  summary: `Ask for an action; reason=… stands in the timeline. With the same key it is done once.
      Actions: ${Object.keys(ORDERS).join(', ')}.
      For example: act KEY unlock entranceId=…; act KEY encode-card accessMethodId=… encoderId=…; a secret is printed with --json only.`,
  async run({ args, env, print }) {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
    const [key, action, ...fields] = positionals;
    if (key === undefined || action === undefined) throw new UsageError('act takes a KEY and an ACTION.');
    if (!/^[a-z][a-z-]*$/.test(action)) throw new UsageError(`${JSON.stringify(action)} is no name of an action.`);
    const answer = await connectToApi({ env, roles: ['operator'] })({
      method: 'POST',
      path: `${pathOf(key)}/actions/${action}`,
      body: Object.fromEntries(fields.map(fieldOf)),
      headers: { 'idempotency-key': values['idempotency-key'] ?? randomUUID() },
    });
    print(values.json ? json(answer) : plain(`${key} ${action}: ${outcomeSchema.parse(answer).outcome}`));
    return STATUS.ok;
  },
};

/** A value may hold `=`. @throws UsageError */
function fieldOf(text: string): readonly [string, string] {
  const at = text.indexOf('=');
  if (at < 1) throw new UsageError(`${JSON.stringify(text)} is not field=value.`);
  return [text.slice(0, at), text.slice(at + 1)];
}
