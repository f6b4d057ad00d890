/** Plays many drawn runs side by side: each stay takes its steps, then the one clock moves for all, and every promise is looked at. */

import { firstBooking, type House, propertyOf } from './house.ts';
import { happen } from './play.ts';
import { promisesOfStep } from './step-promises.ts';
import { calmTown } from './workflow-calm.ts';
import type { Placed } from './workflow-draw.ts';
import { kept } from './workflow-moments.ts';
import { each, type Playing } from './workflow-playing.ts';
import type { WorkflowStay } from './workflow-stay.ts';
import type { Town } from './workflow-town.ts';

const HOUR = 3_600_000;

export interface Run {
  readonly house: House;
  readonly steps: readonly Placed[];
}

interface Batch {
  readonly town: Town;
  readonly runs: readonly Run[];
  /** By how much the clock moves each time. Milliseconds. */
  readonly clock: readonly number[];
}

/** What broke in each run, in their order; null where nothing did. */
export async function playTogether({ town, runs, clock }: Batch): Promise<readonly unknown[]> {
  await town.moveToNoon();
  const all = await Promise.all(runs.map((run) => begin({ town, run })));
  await each(all, ({ stay }) => look(stay));
  for (const [at, span] of clock.entries()) {
    await each(all, (playing) => takeSteps({ playing, at }));
    if (span > HOUR) for (const { stay } of all) letDeletionsEnd(stay);
    await town.move(span);
    await each(all, ({ stay }) => look(stay));
  }
  await calmTown({ town, all });
  await Promise.all(all.map(({ stay }) => town.close(stay)));
  return all.map(({ error }) => error);
}

/** A deletion that does not take is tried hundreds of times in a day: the core's model plays that, where it costs nothing. */
function letDeletionsEnd({ seam }: WorkflowStay): void {
  seam.manners = { ...seam.manners, deletes: 'at once' };
  for (const [key, { isBeingDeleted }] of seam.grants) if (isBeingDeleted) seam.settle(key);
}

async function begin({ town, run: { house, steps } }: { town: Town; run: Run }): Promise<Playing> {
  const now = await town.now();
  const property = propertyOf(house);
  const reservation = firstBooking({ house, now });
  const stay = town.open({ fact: { reservation, property }, now });
  return {
    stay,
    played: { player: stay, base: now + 30 * HOUR, versions: [reservation], property, orders: 0, lastOrder: null },
    steps,
    error: null,
  };
}

async function takeSteps({ playing: { stay, played, steps }, at }: { playing: Playing; at: number }): Promise<void> {
  for (const { step } of steps.filter((placed) => placed.at === at)) {
    happen({ played, step });
    await look(stay);
  }
}

async function look(stay: WorkflowStay): Promise<void> {
  if ((await stay.settle()) === 'at rest') kept({ stay, promises: promisesOfStep });
}
