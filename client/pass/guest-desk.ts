/** What a guest may do through the page: look, have the codes read, have a door opened, ask for help. */
import type { Logger } from '../../config/log.ts';
import type { PassHolder } from '../../config/pass-token.ts';
import { hash } from '../../workflows/domain/ids.ts';
import type { PassView } from '../../workflows/domain/pass-view.ts';
import type { ActionOutcome } from '../../workflows/messages.ts';
import { PassEnded } from '../refusals.ts';
import type { Reservations } from '../reservations.ts';
import { presentRooms } from './screen.ts';

export interface GuestDeskDependencies {
  readonly reservations: Pick<Reservations, 'pass' | 'act' | 'askForHelp'>;
  /** Reads a code or key link from Seam, now; null where the method has none, or is not issued. */
  readonly reveal: (accessMethodId: string) => Promise<string | null>;
  readonly log: Logger;
}

/** null: the stay is unknown, or the guest is not in it any more. @throws PassEnded, NoWorker, TemporalUnavailable */
export async function lookAt({
  desk: { reservations },
  holder: { generation, ...guest },
}: {
  desk: GuestDeskDependencies;
  holder: PassHolder;
}): Promise<PassView | null> {
  const view = await reservations.pass(guest);
  if (view === null) return null;
  if (view.generation !== generation) throw new PassEnded({ why: 'replaced', view });
  if (view.phase === 'over') throw new PassEnded({ why: 'over', view });
  return view;
}

/** By access method; of this guest's keys whose rooms are still theirs. What cannot be read now is left out. */
export async function readSecrets({
  desk: { reveal, log },
  view,
}: {
  desk: GuestDeskDependencies;
  view: PassView;
}): Promise<ReadonlyMap<string, string>> {
  if (!view.mayShow) return new Map();
  const keys = presentRooms({ view, now: Date.now() }).flatMap((room) => room.keys);
  const secret = keys.filter(({ mode }) => mode === 'code' || mode === 'mobile_key').map(({ accessMethodId }) => accessMethodId);
  const read = await Promise.all(
    [...new Set(secret)].map(async (accessMethodId) => {
      const found = await reveal(accessMethodId).catch((error: unknown) => {
        log.warn({ err: error, accessMethodId }, "a key could not be read for a guest's page");
        return null;
      });
      return found === null ? [] : [[accessMethodId, found] as const];
    }),
  );
  return new Map(read.flat());
}

export interface Door {
  readonly entranceId: string | null;
  readonly deviceId: string | null;
}

/** At most once per key, which is the guest's own: another guest's or an operator's same key is another. @throws Conflict, NoWorker */
export function unlock({
  desk: { reservations },
  holder: { source, reservationId, guestId },
  door,
  key,
}: {
  desk: GuestDeskDependencies;
  holder: PassHolder;
  door: Door;
  key: string;
}): Promise<ActionOutcome> {
  const idempotencyKey = `pass.${hash(guestId)}.${key}`;
  const action = { action: 'unlock', ...door, guestId, idempotencyKey, by: guestId, reason: null } as const;
  return reservations.act({ source, reservationId, action });
}
