/** Codes that change while a command is under way, or faster than a guest can read. */
import type { Playable } from './playable.ts';
import type { Player } from './player.ts';
import type { StepOf } from './step.ts';
import { hearQueue } from './tidings.ts';

export function laneOf({ player, step }: { player: Playable; step: { readonly pick: number } }): string {
  const lanes = [...player.errands.keys()];
  return lanes[step.pick % lanes.length] ?? '';
}

export function interrupt({ player, step }: { player: Playable; step: StepOf<'meanwhile'> }): void {
  const lane = laneOf({ player, step });
  player.progress({ lane });
  for (const key of player.seam.grants.keys()) player.seam.recode(key);
  hearQueue(player);
  player.progress({ lane });
}

/** Each code is told before the next one comes, so the day's messages are soon used up. */
export function recodeAgain({ player, step }: { player: Player; step: StepOf<'restless'> }): void {
  const keys = [...player.seam.grants.keys()];
  for (let times = step.times; times > 0; times -= 1) {
    player.seam.recode(keys[step.pick % keys.length] ?? '');
    hearQueue(player);
    player.finish();
  }
}
