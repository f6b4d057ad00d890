/** `latchkey spaces`: makes a space in Seam for each unit of the configuration, and keeps it true. Shows first, does on `--apply`. */
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { connectToSeam, type SeamConnection } from '../../activities/adapters/seam/calls.ts';
import { configurationOf } from '../../config/settings.ts';
import type { Command } from './command.ts';
import { readEstate } from './estate/estate.ts';
import { type SpacePlan, type SpaceStep, spacePlan } from './estate/space-plan.ts';
import { Refused, STATUS, UsageError } from './failure.ts';
import { seamOf } from './seam-workspace.ts';
import { json, plain } from './terminal-text.ts';

/** Milliseconds for all of them. */
const PATIENCE = 120_000;

const options = { json: { type: 'boolean', default: false }, apply: { type: 'boolean', default: false } } as const;

export const spaces: Command = {
  name: 'spaces',
  usage: 'spaces [--apply] [--json]',
  summary: 'Show which spaces Seam lacks for the units of the configuration, or has with other doors; with --apply make and change them.',
  async run({ args, env, print }) {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
    if (positionals.length > 0) throw new UsageError('spaces takes options only.');
    const configuration = configurationOf(env);
    const connection = seamOf(env);
    const plan = spacePlan({ configuration, estate: await readEstate(connection) });
    if (values.apply) await apply({ connection, steps: plan.steps });
    print(values.json ? json({ ...plan, applied: values.apply }) : readable({ plan, isApplied: values.apply }));
    return plan.problems.length === 0 ? STATUS.ok : STATUS.refused;
  },
};

/** By its key: made twice at the same time, the second is refused by Seam, and the next run finds it. */
async function apply({ connection, steps }: { readonly connection: SeamConnection; readonly steps: readonly SpaceStep[] }): Promise<void> {
  const seam = connectToSeam(connection)(AbortSignal.timeout(PATIENCE));
  for (const { key, name, spaceId, entranceIds, deviceIds } of steps) {
    const doors = { name, acs_entrance_ids: [...entranceIds], device_ids: [...deviceIds] };
    const send = seam.write({
      answer: z.unknown(),
      send: (api) =>
        spaceId === null ? api.spaces.create({ space_key: key, ...doors }) : api.spaces.update({ space_id: spaceId, ...doors }),
    });
    await send.catch((error: unknown) => {
      throw new Refused(
        `Space ${key} was not made true: ${error instanceof Error ? error.message : 'Seam was not reached'}. Run it again; what is done stays done.`,
      );
    });
  }
}

function readable({ plan: { steps, kept, problems }, isApplied }: { readonly plan: SpacePlan; readonly isApplied: boolean }): string {
  const left = isApplied ? '' : 'Nothing was changed: `latchkey spaces --apply` does it.';
  const lines = [
    ...steps.map(stepLine),
    ...problems.map(({ where, what }) => `! ${where}: ${what}`),
    `${kept} space${kept === 1 ? ' is' : 's are'} as ${kept === 1 ? 'it' : 'they'} should be.`,
    ...(steps.length === 0 || left === '' ? [] : [left]),
  ];
  return lines.map(plain).join('\n');
}

function stepLine({ key, name, spaceId, add, remove, isRenamed }: SpaceStep): string {
  const doors = [
    ...add.map((door) => `+ ${door.name}`),
    ...remove.map((door) => `- ${door.name}`),
    ...(isRenamed ? [`named ${name}`] : []),
  ];
  return `${spaceId === null ? 'make' : 'change'} ${key} (${name}): ${doors.join(', ')}`;
}
