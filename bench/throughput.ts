/** Stays completed per second under a steady load: so many always between booking and told, the told ones waiting for their end. */
import { play } from './played-stay.ts';
import type { Scale } from './scale.ts';
import { median, rounded } from './statistics.ts';
import type { RunningSubject, RunningSubjects } from './workers.ts';

export interface Throughput {
  readonly bare: number;
  readonly latchkey: number;
  readonly ratio: number;
}

interface Load {
  readonly stays: number;
  /** Stays that are always between booking and told. */
  readonly lanes: number;
  /** Milliseconds from booking to the end of access: longer than it takes to tell the guest, which this machine's speed decides. */
  readonly length: number;
}

interface Round {
  readonly completedPerSecond: number;
  /** Milliseconds from booking to told, of the stay that took longest. */
  readonly slowest: number;
}

interface Rounds extends RunningSubjects {
  readonly load: Scale['throughput'];
  readonly length: number;
}

export async function measureThroughput({ bare, latchkey, load: { rounds, stays, lanes }, length }: Rounds): Promise<Throughput> {
  const rates = { bare: [] as number[], latchkey: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    for (const subject of [bare, latchkey]) {
      const { completedPerSecond } = await playRound({ subject, load: { stays, lanes, length }, name: String(round) });
      rates[subject.name].push(completedPerSecond);
    }
  }
  const [ofBare, ofLatchkey] = [median(rates.bare), median(rates.latchkey)];
  return { bare: rounded(ofBare, 1), latchkey: rounded(ofLatchkey, 1), ratio: rounded(ofLatchkey / ofBare, 2) };
}

/**
 * The clock runs from the completion that ends the ramp, half a round, until a whole round later; the load stays up until then. What
 * comes before and after, when there is less to do than this machine could, does not count.
 */
export async function playRound({
  subject,
  load,
  name,
}: {
  readonly subject: RunningSubject;
  readonly load: Load;
  readonly name: string;
}): Promise<Round> {
  const { stays, lanes, length } = load;
  const ramp = Math.ceil(stays / 2);
  const completions: number[] = [];
  const ends: Promise<unknown>[] = [];
  let slowest = 0;
  const lane = async (): Promise<void> => {
    while (completions.length < ramp + stays) {
      const { end, bookingToHandedOver } = await play({ subject, id: `${name}-${ends.length}-${crypto.randomUUID()}`, length });
      slowest = Math.max(slowest, bookingToHandedOver);
      ends.push(end.then(() => completions.push(performance.now())));
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  await Promise.all(ends);
  const [from = 0, to = 0] = [completions[ramp - 1], completions[ramp + stays - 1]];
  return { completedPerSecond: (stays / (to - from)) * 1_000, slowest };
}
