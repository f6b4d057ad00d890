/** What an order asks to be done at a door or an encoder, and why it cannot be now (rule 8). */
import type { Action, Order } from '../messages.ts';
import type { Access, Method } from './access.ts';
import { isGone } from './access-plan.ts';
import { endingOf, roomWindow, withholding } from './access-window.ts';
import { endingCause } from './ending-cause.ts';
import { type Errand, errandsOf, isUnderWay } from './errand.ts';
import { foreignDoors } from './issuance.ts';
import { orderedMethod } from './ordered-method.ts';
import { UNLOCK_DEADLINE } from './pace.ts';
import { type Instant, iso } from './reservation.ts';
import type { ReservationState } from './state.ts';
import { wantedAccess } from './truth.ts';

type ErrandOrder = Extract<Order, { action: 'unlock' | 'encode-card' | 'assign-card' }>;
type ErrandAction = Action & ErrandOrder;

export const isErrand = (action: Action): action is ErrandAction =>
  action.action === 'unlock' || action.action === 'encode-card' || action.action === 'assign-card';

interface Of<O> {
  readonly state: ReservationState;
  readonly order: O;
  readonly now: Instant;
}

type Aim = Pick<Errand, 'deed' | 'grantKey'>;

/** The errand, or why not. */
export function errandOf({ state, action, now }: { state: ReservationState; action: ErrandAction; now: Instant }): Errand | string {
  const askedAt = Math.min(action.askedAt ?? now, now);
  const deadline = action.action === 'unlock' ? askedAt + UNLOCK_DEADLINE : null;
  if (deadline !== null && deadline < now)
    return `This was asked for at ${iso(askedAt)}, which is too long ago to open a door now; ask again. (If that does not help, compare the clocks of the servers.)`;
  const aim = action.action === 'unlock' ? unlockAim({ state, order: action, now }) : cardAim({ state, order: action });
  if (typeof aim === 'string') return aim;
  const guestId = action.action === 'unlock' ? action.guestId : null;
  return { key: action.idempotencyKey, ...aim, guestId, askedAt, deadline, state: 'asked', actionAttemptId: null, problem: null };
}

/** A grant that is to be replaced opens until it goes; the newest is the first choice. */
function unlockAim({ state, order, now }: Of<Extract<Order, { action: 'unlock' }>>): Aim | string {
  const doorId = order.entranceId ?? order.deviceId ?? '';
  const kind = order.entranceId === null ? 'device' : 'entrance';
  const mine = state.accesses.filter((access) => order.guestId === null || access.guestId === order.guestId);
  const aims = mine
    .filter((access) => opensDoor({ access, doorId, kind }))
    .toReversed()
    .map((access) => aimAt({ state, access, doorId, now }));
  return aims.find((aim) => typeof aim !== 'string') ?? aims[0] ?? 'This stay has no access to such a door now.';
}

function opensDoor({ access, doorId, kind }: { access: Access; doorId: string; kind: 'entrance' | 'device' }): boolean {
  const { reading, ending } = access;
  if (reading === null || ending !== null || isGone(access) || !reading.found || reading.beingDeleted) return false;
  const isForeign = foreignDoors(access).some((door) => door.id === doorId);
  return !isForeign && reading.doors.some((door) => door.id === doorId && door.kind === kind);
}

function aimAt({ state, access, doorId, now }: { state: ReservationState; access: Access; doorId: string; now: Instant }): Aim | string {
  const { startsAt, endsAt } = openTimes({ state, access });
  if (now < startsAt) return `Access starts at ${iso(startsAt)}; no door is unlocked before.`;
  if (endsAt <= now) return `Access ended at ${iso(endsAt)}; no door is unlocked any more.`;
  if (endingCause({ state, access, wanted: wantedAccess({ state, now }), now }) !== null)
    return 'This access is being taken back; no door is unlocked by it any more.';
  if (!access.modes.includes('cloud_key'))
    return 'The property gives no cloud keys for this door (mode "cloud_key"), so it cannot be unlocked from here.';
  const door = access.reading?.doors.find((candidate) => candidate.id === doorId);
  const name = door?.name ?? doorId;
  if (door?.kind === 'device' && door.unlocksRemotely !== true) return `${name} cannot be unlocked from afar.`;
  const key = access.reading?.methods.find(
    (method) => method.mode === 'cloud_key' && method.state === 'issued' && method.doors.includes(doorId),
  );
  if (door?.kind === 'entrance' && key === undefined) return `The cloud key for ${name} is not issued now.`;
  if (isUnlockingAlready({ state, doorId })) return `${name} is being unlocked already; wait for it.`;
  return {
    grantKey: access.grantKey,
    deed: { kind: 'unlock', doorId, accessMethodId: door?.kind === 'device' ? null : (key?.accessMethodId ?? null) },
  };
}

/** What the booking says now and what Seam was told: a door opens while both say so. */
function openTimes({ state, access }: { state: ReservationState; access: Access }): { startsAt: Instant; endsAt: Instant } {
  const room = state.reservation.rooms.find((candidate) => candidate.id === access.roomId);
  const told = access.reading?.window ?? access.asked;
  const window = room === undefined ? told : roomWindow({ state, room });
  const { at } = endingOf({ state, window });
  return { startsAt: Math.max(told.startsAt, window.startsAt), endsAt: Math.min(told.endsAt, window.endsAt, at) };
}

const isUnlockingAlready = ({ state, doorId }: { state: ReservationState; doorId: string }): boolean =>
  errandsOf(state).some(({ deed, state: stage }) => stage === 'asked' && deed.kind === 'unlock' && deed.doorId === doorId);

type CardOrder = Extract<Order, { action: 'encode-card' | 'assign-card' }>;

function cardAim({ state, order }: Omit<Of<CardOrder>, 'now'>): Aim | string {
  const { accessMethodId } = order;
  const ordered = orderedMethod({ state, accessMethodId });
  if (typeof ordered === 'string') return ordered;
  const { access, method } = ordered;
  if (withholding(state).new)
    return 'No card is made now: an operator holds the stay, a condition is missing, or the guest is not expected.';
  const unfit = unfitCard({ access, method, order });
  if (unfit !== null) return unfit;
  const isBusy = errandsOf(state).some((errand) => isUnderWay(errand) && errand.deed.accessMethodId === accessMethodId);
  if (isBusy) return 'This card is being made already; wait for what comes of it.';
  const deed: Errand['deed'] =
    order.action === 'encode-card'
      ? { kind: 'encode', accessMethodId, encoderId: order.encoderId }
      : { kind: 'assign', accessMethodId, cardNumber: order.cardNumber };
  return { grantKey: access.grantKey, deed };
}

/** An access system's own API knows no cards that wait for an assignment: there any card may be one that exists already. */
function unfitCard({ access, method, order }: { access: Access; method: Method; order: CardOrder }): string | null {
  if (method.mode !== 'card') return 'This access method is no card.';
  if (method.state === 'issued') return 'This card is issued already; for another one use "reissue".';
  const wanted = order.action === 'encode-card' ? 'encoding_required' : 'assignment_required';
  const isEither = method.eitherWay || (method.state === 'encoding_required' && access.lowLevel?.provider === 'acs');
  if (method.state === wanted || isEither) return null;
  if (method.state === 'encoding_required') return 'This card is to be written by an encoder: use "encode-card".';
  if (method.state === 'assignment_required') return 'This card is one that exists already and is assigned: use "assign-card".';
  return `This card is not ready yet: it reads "${method.state}".`;
}
