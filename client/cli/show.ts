/** `latchkey show KEY`: where a reservation stands. */
import { parseArgs } from 'node:util';
import type { ReservationView } from '../../workflows/domain/view-types.ts';
import { viewSchema } from '../http/view-schema.ts';
import { connectToApi } from './api.ts';
import type { Command } from './command.ts';
import { STATUS, UsageError } from './failure.ts';
import { pathOf } from './reservation-key.ts';
import { json, plain, when } from './terminal-text.ts';

export const show: Command = {
  name: 'show',
  usage: 'show KEY [--json]',
  summary: 'Show where a reservation stands: access, messages, what comes next, and what happened.',
  async run({ args, env, print }) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false } },
    });
    const [key, ...rest] = positionals;
    if (key === undefined || rest.length > 0) throw new UsageError('show takes a KEY.');
    const answer = await connectToApi({ env, roles: ['operator', 'viewer', 'pms'] })({ method: 'GET', path: pathOf(key) });
    print(values.json ? json(answer) : readable(viewSchema.parse(answer)));
    return STATUS.ok;
  },
};

interface Section {
  readonly title: string;
  readonly lines: readonly string[];
}

function readable(view: ReservationView): string {
  const { key, status, readiness, propertyId, version, window } = view;
  const head = [
    `${key}  ${status}  ${readiness}`,
    `${propertyId}, version ${version}`,
    `access from ${when(window.startsAt, window.timeZone)} until ${when(window.endsAt, window.timeZone)} (${window.timeZone})`,
  ];
  const parts = sections(view).filter(({ lines }) => lines.length > 0);
  return [...head, ...parts.flatMap(({ title, lines }) => ['', title, ...lines.map((line) => `  ${line}`)])].map(plain).join('\n');
}

function sections({ reasons, guests, access, messages, next, timeline, window }: ReservationView): readonly Section[] {
  const local = (at: string | null): string => when(at, window.timeZone);
  return [
    {
      title: 'Needs attention',
      lines: reasons.map(({ code, text, deadline }) => `${code}: ${text}${deadline === null ? '' : ` (by ${local(deadline)})`}`),
    },
    { title: 'Guests', lines: guests.map(({ id, name, told }) => `${name} (${id}), told: ${told}`) },
    { title: 'Access', lines: access.flatMap((granted) => accessLines(granted, local)) },
    { title: 'Messages', lines: messages.map(({ at, channel, kind, to, state }) => `${local(at)}  ${channel} ${kind} to ${to}: ${state}`) },
    { title: 'Next', lines: next.map(({ at, what }) => `${local(at)}  ${what}`) },
    {
      title: 'What happened',
      lines: timeline.map(
        ({ at, what, actor, by, detail }) => `${local(at)}  ${what} (${by ?? actor})${detail === '' ? '' : `: ${detail}`}`,
      ),
    },
  ];
}

function accessLines(
  { roomId, guestId, state, doors, methods, absenceVerifiedAt, residualUntil }: ReservationView['access'][number],
  local: (at: string | null) => string,
): readonly string[] {
  const proven = absenceVerifiedAt === null ? '' : ', read back: nothing is left';
  const left = residualUntil === null ? '' : `, what nobody can take back opens until ${local(residualUntil)}`;
  return [
    `room ${roomId}, guest ${guestId}: ${state}${proven}${left}`,
    ...doors.map(({ name, kind, state: doorState }) => `  ${kind} ${name}: ${doorState}`),
    ...methods.map(({ mode, accessMethodId, state: methodState }) => `  ${mode} ${accessMethodId}: ${methodState}`),
  ];
}
