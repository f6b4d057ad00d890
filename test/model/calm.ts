/** Everything works again, everything is heard of, and time passes until nothing is left to do: then Seam and the guests hold what is booked. */
import { askAgainAt } from '../../workflows/domain/pace.ts';
import { promisesOfCalm } from './calm-promises.ts';
import { stayEnd } from './entitlement.ts';
import type { Player } from './player.ts';
import { promise } from './promise.ts';
import { hearEverything } from './tidings.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Longer than every pause within a stay: an hour after a failure, five minutes for a rebooking. */
const ROUNDS = 12;

export function calm(player: Player): void {
  for (let round = 0; round < ROUNDS; round += 1) {
    player.seam.heal();
    hearEverything(player);
    player.finish();
    const asks = player.state.accesses.filter(({ ending, timesAsked = 0 }) => ending === null && timesAsked > 0).map(askAgainAt);
    const pauses = [...Object.values(player.state.setbacks).map(({ retryAt }) => retryAt), ...asks];
    if (pauses.includes(null)) mend(player, round);
    player.advance(player.now + 61_000);
    player.finish();
    const next = pauses.filter((at) => at !== null && at > player.now).map(Number);
    if (next.length > 0) player.advance(Math.min(...next));
    player.finish();
    if (player.seam.events.length === 0 && pauses.length === 0 && round > 1) break;
  }
  promisesOfCalm(player);
}

/** What only a person can mend has been mended, and is tried again. */
function mend(player: Player, round: number): void {
  player.order({ action: 'retry', idempotencyKey: `mend ${player.now} ${round}`, by: 'model', reason: null });
  player.finish();
}

/** Past every deadline: nothing is left, and the workflow may end. */
export function end(player: Player): void {
  calm(player);
  if (player.heard.isHeld) player.order({ action: 'release', waive: [], idempotencyKey: 'end', by: 'model', reason: null });
  // Also what was written anew since, unknown to the engine.
  const cards = [...[...player.seam.cards.values()].map(({ until }) => until), ...player.record.cards.values()];
  player.advance(Math.max(player.now, stayEnd(player.heard), ...cards) + 2 * DAY);
  calm(player);
  promise({ kept: player.seam.grants.size === 0, what: 'after the end nothing is left', details: [...player.seam.grants.keys()] });
  promise({
    kept: player.isClosed,
    what: 'after the end the workflow ends',
    details: [player.state.lines, player.state.setbacks, player.state.accesses],
  });
}
