/** `latchkey doors`: what a Seam workspace has, and a `units:` block to paste. */
import { parseArgs } from 'node:util';
import type { Command } from './command.ts';
import { type DoorOfHouse, type Estate, readEstate } from './estate/estate.ts';
import { unitsBlock } from './estate/units-block.ts';
import { STATUS, UsageError } from './failure.ts';
import { seamOf } from './seam-workspace.ts';
import { json, plain, table } from './terminal-text.ts';

export const doors: Command = {
  name: 'doors',
  usage: 'doors [--json]',
  summary:
    'List the systems, entrances, devices, spaces and encoders of the Seam workspace, what each can do, and a units: block to paste.',
  async run({ args, env, print }) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false } },
    });
    if (positionals.length > 0) throw new UsageError('doors takes options only.');
    const estate = await readEstate(seamOf(env));
    const units = unitsBlock(estate);
    print(values.json ? json({ ...estate, units }) : readable({ estate, units }));
    return STATUS.ok;
  },
};

function readable({ estate, units }: { readonly estate: Estate; readonly units: string }): string {
  const { systems, doors: all, spaces, encoders } = estate;
  const sections = [
    section(
      'SYSTEM',
      ['ID', 'TYPE', 'TIME ZONE', 'ERRORS'],
      systems.map((one) => [one.name, one.id, one.type, one.timeZone ?? '-', said(one.errors)]),
    ),
    section('ENTRANCE', DOOR, all.filter(({ kind }) => kind === 'entrance').map(doorRow)),
    section('DEVICE', DOOR, all.filter(({ kind }) => kind === 'device').map(doorRow)),
    section(
      'SPACE',
      ['ID', 'KEY', 'DOORS'],
      spaces.map((one) => [one.name, one.id, one.key ?? '-', said(membersOf({ all, spaceId: one.id }))]),
    ),
    section(
      'ENCODER',
      ['ID', 'SYSTEM'],
      encoders.map((one) => [one.name, one.id, one.systemId]),
    ),
  ].filter((one) => one !== '');
  const block = units.split('\n').map(plain).join('\n');
  return [
    ...(sections.length === 0 ? ['The workspace has no doors yet: `latchkey connect` connects a lock account.'] : sections),
    block,
  ].join('\n\n');
}

const said = (words: readonly string[]): string => words.join(', ') || '-';

const DOOR = ['ID', 'OPENS BY', 'TIME ZONE', 'ERRORS'] as const;

const doorRow = ({ name, id, opensBy, canBelongToReservation, timeZone, errors }: DoorOfHouse): readonly string[] => [
  name,
  id,
  said([...opensBy, ...(canBelongToReservation ? ['reservations'] : [])]),
  timeZone ?? '-',
  said(errors),
];

const membersOf = ({ all, spaceId }: { readonly all: readonly DoorOfHouse[]; readonly spaceId: string }): readonly string[] =>
  all.filter((door) => door.spaceIds.includes(spaceId)).map((door) => door.name);

const section = (noun: string, headings: readonly string[], rows: readonly (readonly string[])[]): string =>
  rows.length === 0 ? '' : table([[noun, ...headings], ...rows]);
