/** Nothing may become due while nobody looks. */
import { decide } from '../../workflows/domain/decide.ts';
import type { Engine } from './engine.ts';
import { promise } from './promise.ts';

/** Of an engine that slept until `at`. */
export function promiseOfAlarm({ player: { state, errands, wakeAt }, at }: { player: Engine; at: number }): void {
  const { commands } = decide({ state, now: at });
  // A part may be told while a grant is in the making, and one made anew while the lost one is taken back: their end wakes the engine.
  const isMaking = [...errands.values()].some(({ command: { kind } }) => kind === 'grant' || kind === 'revoke');
  const missed = commands.filter(({ lane, kind }) => !errands.has(lane) && !(isMaking && (kind === 'send' || kind === 'grant')));
  promise({ kept: missed.length === 0, what: 'the alarm rings before anything is due', details: { missed, wakeAt, at } });
}
