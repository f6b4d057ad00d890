/** `latchkey check`: whether environment and configuration file are right, and whether the Seam workspace is as they suppose. */
import { parseArgs } from 'node:util';
import type { SeamConnection } from '../../activities/adapters/seam/calls.ts';
import type { Configuration } from '../../config/configuration.ts';
import { loadSettings } from '../../config/settings.ts';
import { connectToApi } from './api.ts';
import type { Command } from './command.ts';
import { type TouchedStay, touchedStays } from './configuration-diff.ts';
import { doorProblems, type HouseProblem } from './estate/door-check.ts';
import { readEstate } from './estate/estate.ts';
import { propertyProblems } from './estate/property-check.ts';
import { webhookProblem } from './estate/webhook-check.ts';
import { STATUS, UsageError } from './failure.ts';
import { runningStandIn } from './seam-workspace.ts';
import { json, plain } from './terminal-text.ts';

export const check: Command = {
  name: 'check',
  usage: 'check [--diff] [--json]',
  summary:
    'Check environment and configuration; with Seam credentials also doors, modes, encoders, time zones and the webhook; with --diff which stays the file would touch.',
  async run({ args, env, print }) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false }, diff: { type: 'boolean', default: false } },
    });
    if (positionals.length > 0) throw new UsageError('check takes options only.');
    const { environment, configuration, configPath } = loadSettings({ env, role: 'cli' });
    const { seam, engine } = environment;
    const asked = seam ?? (await runningStandIn(env));
    const { publicUrl } = engine;
    const house = asked === null ? null : await holdAgainst({ seam: asked, configuration, publicUrl, hasWebhook: seam !== null });
    const properties = [...configuration.properties.values()].map(({ id, units }) => ({ id, units: units.size }));
    const touched = values.diff ? await touchedStays({ api: connectToApi({ env, roles: ['operator', 'viewer'] }), configuration }) : null;
    const result = { file: configPath, properties, doorsChecked: house !== null, ...(house ?? { problems: [], notes: [] }), touched };
    print(values.json ? json(result) : readable(result));
    return result.problems.length === 0 ? STATUS.ok : STATUS.refused;
  },
};

interface Supposed {
  readonly seam: SeamConnection;
  readonly configuration: Configuration;
  readonly publicUrl: string | null;
  /** The stand-in of this machine tells its own server without one. */
  readonly hasWebhook: boolean;
}

interface House {
  readonly problems: readonly HouseProblem[];
  /** Worth a look; the engine works all the same. */
  readonly notes: readonly HouseProblem[];
}

async function holdAgainst({ seam, configuration, publicUrl, hasWebhook }: Supposed): Promise<House> {
  const asked = hasWebhook ? webhookProblem({ seam, configuration, publicUrl }) : null;
  const [estate, webhook] = await Promise.all([readEstate(seam), asked]);
  return {
    problems: [...doorProblems({ configuration, estate }), ...propertyProblems({ configuration, estate })],
    notes: webhook === null ? [] : [webhook],
  };
}

interface Result extends House {
  readonly file: string;
  readonly properties: readonly { readonly id: string; readonly units: number }[];
  readonly doorsChecked: boolean;
  /** null: not asked for. */
  readonly touched: readonly TouchedStay[] | null;
}

const TOUCHES = {
  property_gone: 'its property is gone; access stays until an operator approves',
  units_gone: 'a unit of it is gone; access stays until an operator approves',
  changed: 'changes with the file',
} as const satisfies Record<TouchedStay['what'], string>;

function readable({ file, properties, doorsChecked, problems, notes, touched }: Result): string {
  const lines = [
    `${file}: valid`,
    ...properties.map(({ id, units }) => `  ${id}: ${units} unit${units === 1 ? '' : 's'}`),
    ...(doorsChecked
      ? []
      : ['The doors were not looked up: SEAM_API_KEY and SEAM_WEBHOOK_SECRET are not set, and no `npm start` runs here.']),
    ...(doorsChecked && problems.length === 0 ? ['Seam has every door, and each opens by the modes it is to open by.'] : []),
    ...problems.map(({ where, what }) => `  ${where}: ${what}`),
    ...notes.map(({ where, what }) => `  (${where}: ${what})`),
    ...(touched === null ? [] : [`It would touch ${touched.length} stay${touched.length === 1 ? '' : 's'}.`]),
    ...(touched ?? []).map(({ key, what }) => `  ${key}: ${TOUCHES[what]}`),
  ];
  return lines.map(plain).join('\n');
}
