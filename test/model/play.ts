/** Carries out drawn steps on a player, and looks at every promise after each. */
import { isDeepStrictEqual } from 'node:util';
import type { Property } from '../../workflows/domain/property.ts';
import type { Reservation } from '../../workflows/domain/reservation.ts';
import type { Action } from '../../workflows/messages.ts';
import { calm, end } from './calm.ts';
import { changed } from './change.ts';
import { orderOf } from './desk.ts';
import { stayEnd, stayStart, withheld } from './entitlement.ts';
import { DOOR_SETS, firstBooking, type House, propertyOf } from './house.ts';
import { meddle } from './meddling.ts';
import type { Playable } from './playable.ts';
import { Player } from './player.ts';
import { promise } from './promise.ts';
import { interrupt, laneOf, recodeAgain } from './races.ts';
import type { Step, StepOf } from './step.ts';
import { promisesOfStep } from './step-promises.ts';
import { beReplaced, hearQueue, receive, tellEvent } from './tidings.ts';

const START = Date.UTC(2026, 10, 22, 12);
const HOUR = 3_600_000;

/** What is said of a stay and what happens to it, whatever the clock does. */
export type Happening = Exclude<Step, StepOf<'wait' | 'waitUntil' | 'restless' | 'nextRun' | 'help' | 'calm'>>;

export interface Played {
  readonly player: Playable;
  /** Planned arrivals move around it. */
  readonly base: number;
  /** Every version that the PMS ever made, in order. */
  readonly versions: Reservation[];
  property: Property;
  /** Orders so far, and the last one. */
  orders: number;
  lastOrder: Action | null;
}

/** @throws BrokenPromise */
export function play({ house, steps }: { house: House; steps: readonly Step[] }): void {
  const first = firstBooking({ house, now: START });
  const property = propertyOf(house);
  const player = new Player({ reservation: first, property, now: START });
  const played: Played = { player, base: START + 30 * HOUR, versions: [first], property, orders: 0, lastOrder: null };
  for (const step of steps) {
    take({ player, played, step });
    const { state, heard } = player;
    promise({
      kept: isDeepStrictEqual(state.reservation, heard.reservation),
      what: 'the newest version is what holds',
      details: heard.reservation,
    });
    promisesOfStep(player);
  }
  end(player);
}

function take({ player, played, step }: { player: Player; played: Played; step: Step }): void {
  switch (step.kind) {
    case 'wait':
      return player.advance(player.now + step.span);
    case 'waitUntil':
      return player.advance(Math.max(player.now, momentOf({ player, what: step.what })));
    case 'restless':
      return recodeAgain({ player, step });
    case 'nextRun':
      if (player.errands.size === 0) player.carryOn();
      return;
    case 'help':
      return player.askForHelp(step.pick);
    case 'calm':
      return calm(player);
    default:
      return happen({ played, step });
  }
}

export function happen({ played, step }: { played: Played; step: Happening }): void {
  const { player } = played;
  switch (step.kind) {
    case 'pms':
    case 'pmsAgain':
    case 'configuration':
      return hear({ played, step });
    case 'manners':
      player.seam.manners = { ...player.seam.manners, ...step.manners };
      return;
    case 'seam':
    case 'door':
      return meddle({ stay: player, step });
    case 'event':
      return tellEvent({ player, step });
    case 'events':
      return hearQueue(player);
    case 'progress':
      return player.progress({ lane: laneOf({ player, step }), fault: step.fault });
    case 'meanwhile':
      return interrupt({ player, step });
    case 'finish':
      return player.finish();
    case 'receipt':
      return receive({ player, step });
    case 'order':
      return order({ played, step });
    case 'rebooked':
      player.rebookedBy = step.by;
      if (step.by !== null && player.heard.reservation.status === 'cancelled') beReplaced({ player, by: step.by });
      return;
  }
}

function hear({ played, step }: { played: Played; step: StepOf<'pms' | 'pmsAgain' | 'configuration'> }): void {
  const { player, versions } = played;
  const last = versions.at(-1);
  if (last === undefined) return;
  if (step.kind === 'pms') {
    const next = changed({ last, change: step.change, base: played.base, count: versions.length + 1 });
    versions.push(next);
    if (step.arrives) player.hear({ reservation: next, property: played.property });
    return;
  }
  if (step.kind === 'pmsAgain') {
    const again = versions[step.pick % versions.length];
    if (again !== undefined) player.hear({ reservation: again, property: played.property });
    return;
  }
  if (step.doors === null && keepsAccess({ player, property: played.property })) return;
  const { [step.unitId]: _before, ...others } = played.property.units;
  const doors = step.doors === null ? undefined : DOOR_SETS[step.doors];
  const units = doors === undefined ? others : { ...others, [step.unitId]: { doors, modes: step.modes } };
  played.property = { ...played.property, units };
  player.configure(played.property);
}

/**
 * Access that a configuration does not take back at once is kept when the PMS speaks next: in the making, of a room that is gone, whose
 * unit is unknown or another one meanwhile, of a stay that is held.
 */
function keepsAccess({ player: { heard, errands, seam, record }, property }: Pick<Played, 'player' | 'property'>): boolean {
  const { rooms } = heard.reservation;
  const isUnknown = rooms.some(({ unitId }) => unitId === null || property.units[unitId] === undefined);
  const isMoving = [...record.asked].some(
    ([key, { roomId, unitId }]) =>
      seam.grants.has(key) && !record.revoking.has(key) && rooms.some((room) => room.id === roomId && room.unitId !== unitId),
  );
  return errands.size > 0 || rooms.length === 0 || isUnknown || isMoving || withheld(heard) !== 'nothing';
}

function momentOf({ player, what }: { player: Player; what: StepOf<'waitUntil'>['what'] }): number {
  if (what === 'start') return stayStart(player.heard);
  return what === 'end' ? stayEnd(player.heard) : (player.wakeAt ?? player.now + HOUR);
}

function order({ played, step }: { played: Played; step: StepOf<'order'> }): void {
  const { player, lastOrder } = played;
  if (step.isAgain && lastOrder !== null) {
    player.order(lastOrder);
    return;
  }
  // The desk tells what the view shows; what has happened since cannot be in it.
  if (step.name === 'told' && [...player.record.known].some((id) => player.seam.isUnheard(id))) return;
  played.orders += 1;
  const action = { ...orderOf({ stay: player, step }), idempotencyKey: `${step.name} ${played.orders}`, by: 'model', reason: null };
  if (player.order(action)) played.lastOrder = action;
}
