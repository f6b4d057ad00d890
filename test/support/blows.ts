/** What hits a house while it works, at moments and in an order that a seed decides. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultRequest } from '../../simulator/seam/faults.ts';
import type { StrickenHouse } from './stricken-house.ts';

export type Chance = (from: number, to: number) => number;

/** Whole numbers from `from` to `to`, always the same for one seed (mulberry32). */
export function chanceOf(seed: number): Chance {
  let state = seed;
  return (from, to) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return from + Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * (to - from + 1));
  };
}

/** Each pass once in an order of its own. */
function shuffled<T>(items: readonly T[], chance: Chance): T[] {
  const left = [...items];
  return items.flatMap(() => left.splice(chance(0, left.length - 1), 1));
}

interface Striking {
  readonly house: StrickenHouse;
  readonly chance: Chance;
  /** How often everything happens. */
  readonly rounds: number;
}

const KILLS = ['worker', 'serve', 'worker', 'temporal'] as const;

/** `kill -9` of our own children, a few seconds apart, each of which comes back. Answers who was killed, in order. */
export async function kill({ house, chance, rounds }: Striking): Promise<string[]> {
  const killed: string[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const victim of shuffled(KILLS, chance)) {
      // What is still starting has nothing to lose.
      await Promise.all([house.worker.whenUp(), house.serve.whenUp()]);
      await sleep(chance(1_000, 5_000));
      killed.push(victim);
      if (victim === 'temporal') await house.killTemporal();
      else {
        await house[victim].kill();
        house[victim].start();
      }
    }
  }
  return killed;
}

type Trouble = (of: Striking) => Promise<void>;

const seam =
  (fault: (chance: Chance) => FaultRequest): Trouble =>
  async ({ house, chance }) =>
    house.workspace.simulator.knobs.fault({ ...fault(chance), times: chance(2, 8) });

const away =
  (service: 'mailbox' | 'phone'): Trouble =>
  async ({ house, chance }) => {
    await house[service].knobs.down();
    await sleep(chance(1_000, 4_000));
    await house[service].knobs.up();
  };

const TROUBLES: Readonly<Record<string, Trouble>> = {
  'Seam asks to slow down': seam(() => ({ kind: 'refuse', status: 429, type: 'rate_limit_exceeded', retryAfter: 1 })),
  'Seam fails': seam(() => ({ kind: 'refuse', status: 500 })),
  'Seam is slow': seam((chance) => ({ kind: 'slow', delayMs: chance(500, 3_000) })),
  'Seam does not answer in time': async ({ house }) => house.workspace.simulator.knobs.fault({ kind: 'slow', delayMs: 11_000, times: 2 }),
  'answers of Seam are lost': seam(() => ({ kind: 'lose' })),
  'requests to Seam are cut': seam(() => ({ kind: 'cut' })),
  'the mail server is away': away('mailbox'),
  'answers of the mail server are lost': async ({ house, chance }) => house.mailbox.knobs.loseAnswers(chance(1, 4)),
  'the phone is away': away('phone'),
  'answers of the phone are lost': async ({ house, chance }) => house.phone.knobs.fault({ to: null, kind: 'lose', times: chance(1, 4) }),
};

/** One trouble after the other, each several seconds or calls long; all are over at the end. */
export async function trouble(striking: Striking): Promise<void> {
  const { house, chance, rounds } = striking;
  for (let round = 0; round < rounds; round += 1) {
    for (const happen of shuffled(Object.values(TROUBLES), chance)) {
      await sleep(chance(200, 2_500));
      await happen(striking);
    }
  }
  house.workspace.simulator.knobs.clearFaults();
  house.mailbox.knobs.loseAnswers(0);
  house.phone.knobs.clearFaults();
}
