/** How long stays have to be so that, on this machine and under load, their guests are told before they end. */

import { StayCutShort } from './subject.ts';
import { playRound } from './throughput.ts';
import type { RunningSubjects } from './workers.ts';

/** Milliseconds. What is tried first suits an idle machine of two cores, the last one that is very busy. */
const FIRST = 8_000;
const LAST = 64_000;
/** Of the slowest stay of the warm-up: so much longer are all. */
const TIMES = 3;
const AT_LEAST = 2_000;

interface WarmUp extends RunningSubjects {
  readonly stays: number;
  readonly lanes: number;
}

/** Milliseconds; also warms up both subjects, by letting them work at once. @throws StayCutShort on a machine that is too slow to measure */
export async function stayLength(warmUp: WarmUp, tried = FIRST): Promise<number> {
  const { bare, latchkey, ...load } = warmUp;
  try {
    const play = (subject: RunningSubjects['bare']) => playRound({ subject, load: { ...load, length: tried }, name: `warm-${tried}` });
    const rounds = await Promise.all([play(bare), play(latchkey)]);
    return Math.max(AT_LEAST, TIMES * Math.max(...rounds.map(({ slowest }) => slowest)));
  } catch (error) {
    if (!(error instanceof StayCutShort) || tried >= LAST) throw error;
    return stayLength(warmUp, tried * 2);
  }
}
