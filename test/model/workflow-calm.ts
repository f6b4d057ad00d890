/** Everything works again and is heard of, and time passes until nothing is left to do; then the stays end, and nothing may be left. */
import { promisesOfCalm } from './calm-promises.ts';
import { stayEnd } from './entitlement.ts';
import { promise } from './promise.ts';
import { hearEverything } from './tidings.ts';
import { kept } from './workflow-moments.ts';
import { each, type Playing } from './workflow-playing.ts';
import type { WorkflowStay } from './workflow-stay.ts';
import type { Town } from './workflow-town.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Longer than every pause within a stay that was just told to try again: five minutes for a rebooking, and for reads that disagree. */
const PAUSES = [0, 61_000, 61_000, 6 * MINUTE, 61_000, 61_000] as const;

export async function calmTown({ town, all }: { town: Town; all: readonly Playing[] }): Promise<void> {
  await comeToCalm({ town, all });
  await each(all, async ({ stay }) => kept({ stay, promises: promisesOfCalm }));
  await each(all, async ({ stay }) => {
    if (stay.heard.isHeld) order(stay, { action: 'release', waive: [] });
    await stay.settle();
  });
  const end = Math.max(...all.map(({ stay }) => stayEnd(stay.heard)));
  await town.move(Math.max(0, end - (await town.now())) + 2 * DAY);
  await comeToCalm({ town, all });
  await each(all, async ({ stay }) => {
    promise({ kept: stay.seam.grants.size === 0, what: 'after the end nothing is left', details: [...stay.seam.grants.keys()] });
    promise({
      kept: stay.isClosed,
      what: 'after the end the workflow ends',
      details: [stay.view.readiness, stay.view.reasons, stay.view.next],
    });
  });
}

async function comeToCalm({ town, all }: { town: Town; all: readonly Playing[] }): Promise<void> {
  for (const pause of PAUSES) {
    if (pause > 0) await town.move(pause);
    await each(all, ({ stay }) => mend(stay));
  }
}

/** Also what only a person can mend; what had been lost is heard of. */
async function mend(stay: WorkflowStay): Promise<void> {
  await stay.settle();
  stay.seam.heal();
  hearEverything(stay);
  if (stay.record.troubles.size > 0) order(stay, { action: 'retry' });
  stay.finish();
  await stay.settle();
}

function order(
  stay: WorkflowStay,
  what: { readonly action: 'retry' } | { readonly action: 'release'; readonly waive: readonly string[] },
): void {
  stay.order({ ...what, idempotencyKey: `calm ${stay.now}`, by: 'model', reason: null });
}
