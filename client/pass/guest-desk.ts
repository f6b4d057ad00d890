/** What a guest may do through the page: look, have the codes read, have a door opened, ask for another key link or for help. */
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

interface Ordering {
  readonly desk: GuestDeskDependencies;
  readonly holder: PassHolder;
  /** The guest's own: another guest's or an operator's same key is another. */
  readonly key: string;
}

/** At most once per key. @throws Conflict, NoWorker */
export function unlock({ desk: { reservations }, holder, door, key }: Ordering & { readonly door: Door }): Promise<ActionOutcome> {
  const action = { action: 'unlock', ...door, guestId: holder.guestId, ...asGuest({ holder, key }) } as const;
  return reservations.act({ ...addressOf(holder), action });
}

/** At most once per key, and no more often than the stay allows. @throws Conflict, NoWorker */
export function askForKey({ desk: { reservations }, holder, key }: Ordering): Promise<ActionOutcome> {
  const action = { action: 'renew-key', guestId: holder.guestId, ...asGuest({ holder, key }) } as const;
  return reservations.act({ ...addressOf(holder), action });
}

const addressOf = ({ source, reservationId }: PassHolder): Pick<PassHolder, 'source' | 'reservationId'> => ({ source, reservationId });

const asGuest = ({ holder: { guestId }, key }: Pick<Ordering, 'holder' | 'key'>) => ({
  idempotencyKey: `pass.${hash(guestId)}.${key}`,
  by: guestId,
  reason: null,
});
