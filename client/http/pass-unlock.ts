/** A door is opened from the guest's page: at most once per button, inside the window, and only a door of the guest's own (rule 8). */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { PassDoor, PassRoom } from '../../workflows/domain/pass-view.ts';
import type { ActionOutcome } from '../../workflows/messages.ts';
import { type Door, unlock } from '../pass/guest-desk.ts';
import { doorName } from '../pass/room-section.ts';
import { openingOf, presentRooms, type Screen } from '../pass/screen.ts';
import { Conflict } from '../refusals.ts';
import { type PassRoutesDependencies, screenFor, sendPage } from './pass-answer.ts';
import { orderHeaders, orderKey } from './pass-order-key.ts';
import { passParams } from './pass-paths.ts';
import { FORM } from './pass-scope.ts';
import { PASS_PATH } from './pass-url.ts';
import { HttpProblem } from './problem.ts';
import { type PassRoute, read } from './route.ts';
import { wantsJson } from './wants-json.ts';

const doorId = z
  .string()
  .min(1)
  .max(200)
  .nullish()
  .transform((given) => given ?? null);
const bodySchema = z
  .object({
    entranceId: doorId,
    deviceId: doorId,
    key: orderKey.nullish().meta({ description: 'As Idempotency-Key, for forms.' }),
  })
  .refine(({ entranceId, deviceId }) => (entranceId === null) !== (deviceId === null), 'expected entranceId or deviceId');
const answerSchema = z.object({
  outcome: z.enum(['requested', 'confirmed', 'failed']).meta({ description: 'requested: the lock did not confirm it.' }),
  actionAttemptId: z.string().nullable(),
});

export const unlockRoute = (dependencies: PassRoutesDependencies): PassRoute => ({
  access: 'pass',
  method: 'POST',
  path: `${PASS_PATH}/{token}/unlock`,
  summary: 'Has a door unlocked, inside the window, where the guest holds a cloud key for it.',
  params: passParams,
  headers: orderHeaders,
  body: bodySchema,
  bodyTypes: ['application/json', FORM],
  answers: { 200: { description: 'A page, or JSON by Accept.', schema: answerSchema } },
  problems: [400, 403, 404, 409, 410, 413, 415, 429, 503],
  handle: async ({ request, reply, holder }) => {
    const { entranceId, deviceId, key } = read(bodySchema, request.body ?? {});
    const { 'idempotency-key': headerKey } = read(orderHeaders, request.headers);
    const screen = await screenFor({ ...dependencies, request, holder });
    const door = { entranceId, deviceId };
    const target = targetOf({ screen, door });
    if (target === null) throw new HttpProblem({ status: 404, detail: 'This page opens no such door.' });
    const ask = (): Promise<ActionOutcome> => unlock({ desk: dependencies.desk, holder, door, key: headerKey ?? key ?? randomUUID() });
    if (wantsJson(request)) {
      const { outcome, actionAttemptId = null } = await ask();
      return { outcome, actionAttemptId };
    }
    const { status, news } = await heard({ screen, target, ask });
    return sendPage({ screen: { ...screen, news }, status, reply, ...dependencies });
  },
});

interface Target {
  readonly door: PassDoor;
  readonly room: PassRoom;
}

/** A door of several rooms opens by the one whose window is open. */
function targetOf({ screen, door: { entranceId, deviceId } }: { screen: Screen; door: Door }): Target | null {
  const targets = presentRooms(screen).flatMap((room) =>
    room.doors
      .filter((door) => door.opensFromPage && door.id === (entranceId ?? deviceId) && (door.kind === 'entrance') === (entranceId !== null))
      .map((door) => ({ door, room })),
  );
  return targets.find(({ room }) => openingOf({ room, now: screen.now }) === 'open') ?? targets[0] ?? null;
}

interface Heard {
  readonly status: 200 | 409;
  readonly news: string;
}

/** In the guest's words: what the workflow says is meant for staff. */
async function heard({ screen, target, ask }: { screen: Screen; target: Target; ask: () => Promise<ActionOutcome> }): Promise<Heard> {
  const { doors } = screen.language.words;
  const name = doorName(target.door);
  try {
    const { outcome } = await ask();
    const says = outcome === 'confirmed' ? doors.confirmed : outcome === 'failed' ? doors.failed : doors.requested;
    return { status: 200, news: says(name) };
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
    const isEarly = openingOf({ room: target.room, now: screen.now }) === 'before';
    return { status: 409, news: isEarly ? doors.openFrom(screen.clock.long(target.room.window.startsAt)) : doors.refused(name) };
  }
}
