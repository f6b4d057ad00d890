/** `latchkey check`: whether environment and configuration file are right, and whether Seam has the doors that they name. */
import { parseArgs } from 'node:util';
import { loadSettings } from '../../config/settings.ts';
import { connectToApi } from './api.ts';
import type { Command } from './command.ts';
import { type TouchedStay, touchedStays } from './configuration-diff.ts';
import { doorProblems } from './door-check.ts';
import { STATUS, UsageError } from './failure.ts';
import { json, plain } from './terminal-text.ts';

export const check: Command = {
  name: 'check',
  usage: 'check [--diff] [--json]',
  summary:
    'Check environment and configuration; with Seam credentials also that the doors exist and open by the modes they are to open by; with --diff which stays the file would touch.',
  async run({ args, env, print }) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false }, diff: { type: 'boolean', default: false } },
    });
    if (positionals.length > 0) throw new UsageError('check takes options only.');
    const { environment, configuration, configPath } = loadSettings({ env, role: 'cli' });
    const { seam } = environment;
    const doors = seam === null ? null : await doorProblems({ configuration, seam });
    const properties = [...configuration.properties.values()].map(({ id, units }) => ({ id, units: units.size }));
    const touched = values.diff ? await touchedStays({ api: connectToApi({ env, roles: ['operator', 'viewer'] }), configuration }) : null;
    const result = { file: configPath, properties, doorsChecked: doors !== null, problems: doors ?? [], touched };
    print(values.json ? json(result) : readable(result));
    return result.problems.length === 0 ? STATUS.ok : STATUS.refused;
  },
};

interface Result {
  readonly file: string;
  readonly properties: readonly { readonly id: string; readonly units: number }[];
  readonly doorsChecked: boolean;
  readonly problems: readonly { readonly where: string; readonly what: string }[];
  /** null: not asked for. */
  readonly touched: readonly TouchedStay[] | null;
}

const TOUCHES = {
  property_gone: 'its property is gone; access stays until an operator approves',
  units_gone: 'a unit of it is gone; access stays until an operator approves',
  changed: 'changes with the file',
} as const satisfies Record<TouchedStay['what'], string>;

function readable({ file, properties, doorsChecked, problems, touched }: Result): string {
  const lines = [
    `${file}: valid`,
    ...properties.map(({ id, units }) => `  ${id}: ${units} unit${units === 1 ? '' : 's'}`),
    ...(doorsChecked ? [] : ['The doors were not looked up: SEAM_API_KEY and SEAM_WEBHOOK_SECRET are not set.']),
    ...(doorsChecked && problems.length === 0 ? ['Seam has every door, and each opens by the modes it is to open by.'] : []),
    ...problems.map(({ where, what }) => `  ${where}: ${what}`),
    ...(touched === null ? [] : [`It would touch ${touched.length} stay${touched.length === 1 ? '' : 's'}.`]),
    ...(touched ?? []).map(({ key, what }) => `  ${key}: ${TOUCHES[what]}`),
  ];
  return lines.map(plain).join('\n');
}
