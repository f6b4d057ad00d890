/** `latchkey list`: the reservations that the server knows, page by page. */
import { parseArgs } from 'node:util';
import { listSchema } from '../http/view-schema.ts';
import { connectToApi } from './api.ts';
import type { Command } from './command.ts';
import { STATUS, UsageError } from './failure.ts';
import { json, plain, table, when } from './terminal-text.ts';

/** The option's name, and that of the query parameter. */
const FILTERS = {
  property: 'property',
  status: 'status',
  readiness: 'readiness',
  'arriving-from': 'arrivingFrom',
  'arriving-to': 'arrivingTo',
  limit: 'limit',
  cursor: 'cursor',
} as const;

const text = { type: 'string' } as const;
const options = {
  json: { type: 'boolean', default: false },
  property: text,
  status: text,
  readiness: text,
  'arriving-from': text,
  'arriving-to': text,
  limit: text,
  cursor: text,
} as const;

export const list: Command = {
  name: 'list',
  usage: 'list [--property P] [--status S] [--readiness R] [--arriving-from DATE] [--arriving-to DATE] [--limit N] [--cursor C] [--json]',
  summary: 'List reservations, the latest state of each.',
  async run({ args, env, print }) {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
    if (positionals.length > 0) throw new UsageError('list takes options only.');
    const given = Object.entries(FILTERS).flatMap(([option, parameter]): [string, string][] => {
      const value = Object.entries(values).find(([name]) => name === option)?.[1];
      return typeof value === 'string' ? [[parameter, value]] : [];
    });
    const answer = await connectToApi({ env, roles: ['operator', 'viewer', 'pms'] })({
      method: 'GET',
      path: `/v1/reservations?${new URLSearchParams(given).toString()}`,
    });
    print(values.json ? json(answer) : readable(answer));
    return STATUS.ok;
  },
};

function readable(answer: unknown): string {
  const { reservations, nextCursor } = listSchema.parse(answer);
  const rows = reservations.map(({ key, propertyId, status, readiness, window }) => [
    key,
    propertyId ?? '-',
    status ?? '-',
    readiness ?? '-',
    when(window.startsAt, window.timeZone),
    when(window.endsAt, window.timeZone),
  ]);
  const found = rows.length === 0 ? 'No reservations.' : table([['KEY', 'PROPERTY', 'STATUS', 'READINESS', 'FROM', 'UNTIL'], ...rows]);
  return nextCursor === null ? found : `${found}\nThere may be more: --cursor ${plain(nextCursor)}`;
}
