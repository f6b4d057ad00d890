/** `latchkey connect`: a link on which the owner of locks signs in to their account (Seam: Connect Webview). */
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { connectToSeam } from '../../activities/adapters/seam/calls.ts';
import type { Command } from './command.ts';
import { Refused, STATUS, UsageError } from './failure.ts';
import { seamOf } from './seam-workspace.ts';
import { json, plain } from './terminal-text.ts';

/** Of Seam's categories those with doors in them. */
const CATEGORIES = ['stable', 'consumer_smartlocks', 'access_control_systems', 'beta'] as const;
const category = z.enum(CATEGORIES);
const webview = z.object({ connect_webview_id: z.string(), url: z.string() });

/** Milliseconds. */
const PATIENCE = 20_000;

const options = { json: { type: 'boolean', default: false }, category: { type: 'string', default: 'stable' } } as const;

export const connect: Command = {
  name: 'connect',
  usage: 'connect [--category CATEGORY] [--json]',
  summary: `Make a link on which a lock account is connected to the Seam workspace. CATEGORY: ${CATEGORIES.join(', ')}.`,
  async run({ args, env, print }) {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
    const chosen = category.safeParse(values.category);
    if (positionals.length > 0) throw new UsageError('connect takes options only.');
    if (!chosen.success) throw new UsageError(`--category is one of ${CATEGORIES.join(', ')}.`);
    const seam = connectToSeam(seamOf(env))(AbortSignal.timeout(PATIENCE));
    const made = await seam
      .write({ answer: webview, send: (api) => api.connectWebviews.create({ provider_category: chosen.data }) })
      .catch((error: unknown) => {
        throw new Refused(`Seam gave no link: ${error instanceof Error ? error.message : 'it was not reached'}.`);
      });
    const { connect_webview_id: id, url } = made;
    print(
      values.json
        ? json({ id, url })
        : `${plain(url)}\nSign in there to the account of the locks, then look at them with \`latchkey doors\`.`,
    );
    return STATUS.ok;
  },
};
