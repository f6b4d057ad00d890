/** Finds the stays that do not know yet what the configuration says, from visibility alone, and tells them: nobody else is woken. */
import { setTimeout as sleep } from 'node:timers/promises';
import { WorkflowNotFoundError } from '@temporalio/client';
import type { ConfigurationPort, Followed } from '../activities/configuration.ts';
import { sideBySide } from '../activities/side-by-side.ts';
import type { Revocation } from '../workflows/domain/brake.ts';
import { hash } from '../workflows/domain/ids.ts';
import { type ConfigurationFact, propertySignal } from '../workflows/messages.ts';
import { HELD_BACK } from '../workflows/visibility.ts';
import { askBrake, brakes } from './brake-calls.ts';
import type { Context } from './reservations/context.ts';
import { callTemporal, DEADLINE_MS } from './reservations/temporal-calls.ts';
import { expectedRevision, propertyFact, type RunningStay, runningStays } from './running-stays.ts';

/** A round tells so many; a new name of a large house takes some minutes to reach everybody. */
const MOST = 1_000;
/** A brake holds so many of one property in view: its answer has to fit into one message. */
const MOST_HELD = 2_000;
const WIDTH = 20;
/** Pauses for stays and visibility to come to rest. Milliseconds. */
const SETTLES = [500, 1_000, 2_000, 4_000, 8_000] as const;

interface House {
  /** Grants that are live. */
  live: number;
  /** Keep access that the configuration would end. */
  readonly held: RunningStay[];
}

interface Round {
  readonly context: Context;
  readonly signal: AbortSignal;
}

export const createConfigurationFollower = (context: Context): ConfigurationPort => ({ follow: (signal) => follow({ context, signal }) });

async function follow(round: Round): Promise<Followed> {
  const first = await survey(round);
  await tell({ ...round, stays: first.behind.slice(0, MOST), mayRevoke: false });
  // What a stay would lose it says itself: the brake is asked about all of it at once, not about those who were quickest.
  const { houses } = await settled({ round, first });
  const released = await release({ ...round, houses });
  const { stays, behind } = first;
  const held = [...houses.values()].reduce((sum, house) => sum + house.held.length, 0);
  return { stays, told: Math.min(behind.length, MOST) + released, hasMore: behind.length > MOST, stopped: held - released };
}

interface Survey {
  readonly houses: ReadonlyMap<string, House>;
  /** Do not know what the configuration says now. */
  readonly behind: readonly RunningStay[];
  readonly stays: number;
}

async function survey({ context, signal }: Round): Promise<Survey> {
  const houses = new Map<string, House>();
  const behind: RunningStay[] = [];
  let stays = 0;
  for await (const stay of runningStays(context)) {
    signal.throwIfAborted();
    stays += 1;
    const house = houses.get(stay.propertyId) ?? { live: 0, held: [] };
    houses.set(stay.propertyId, house);
    house.live += stay.accessGrantIds.length;
    const expected = expectedRevision({ configuration: context.configuration, stay });
    if (stay.revision === HELD_BACK + expected) house.held.push(stay);
    else if (stay.revision !== expected) behind.push(stay);
  }
  return { houses, behind, stays };
}

/** Looks until nobody is behind, but no longer than that: a stay that is stuck must not keep the others from being asked about. */
async function settled({ round, first }: { round: Round; first: Survey }): Promise<Survey> {
  let last = first;
  for (const pause of SETTLES) {
    if (last.behind.length === 0) break;
    await sleep(pause, undefined, { signal: round.signal });
    last = await survey(round);
  }
  return last;
}

/** Asks the brake of each house for the access that its stays keep. How many may let go. */
async function release({ context, signal, houses }: Round & { houses: ReadonlyMap<string, House> }): Promise<number> {
  const holding = [...houses].filter(([, { held }]) => held.length > 0).map(([propertyId]) => propertyId);
  const stopping = (await brakes(context)).filter(({ stopped }) => stopped.some(({ cause }) => cause === 'configuration'));
  let released = 0;
  for (const propertyId of new Set([...holding, ...stopping.map((view) => view.propertyId)])) {
    const { live, held } = houses.get(propertyId) ?? { live: 0, held: [] };
    const wishes = held
      .map((stay) => ({ stay, revocation: revocationOf({ context, stay }) }))
      .toSorted((a, b) => (a.revocation.id < b.revocation.id ? -1 : 1))
      .slice(0, MOST_HELD);
    const revocations = wishes.map(({ revocation }) => revocation);
    const passes = new Set(await askBrake({ context, propertyId, question: { cause: 'configuration', live, revocations } }));
    const stays = wishes.filter(({ revocation }) => passes.has(revocation.id)).map(({ stay }) => stay);
    await tell({ context, signal, stays, mayRevoke: true });
    released += stays.length;
  }
  return released;
}

/** Leave is given for this configuration and these grants: for another one, or for access made anew, it is asked again. */
function revocationOf({ context, stay }: { context: Context; stay: RunningStay }): Revocation {
  const { workflowId, revision, accessGrantIds } = stay;
  return {
    id: `${workflowId} ${hash(JSON.stringify([revision, ...accessGrantIds]))}`,
    what: workflowId.slice(context.deployment.length + 1),
    grants: Math.max(1, accessGrantIds.length),
  };
}

async function tell({ context, signal, stays, mayRevoke }: Round & { stays: readonly RunningStay[]; mayRevoke: boolean }): Promise<void> {
  const { configuration } = context;
  const work = (stay: RunningStay): Promise<void> =>
    send({ context, workflowId: stay.workflowId, fact: { ...propertyFact({ configuration, stay }), mayRevoke } });
  await sideBySide({ items: stays, width: WIDTH, signal, work });
}

async function send({
  context: { client },
  workflowId,
  fact,
}: {
  context: Context;
  workflowId: string;
  fact: ConfigurationFact;
}): Promise<void> {
  const deadline = Date.now() + DEADLINE_MS.write;
  try {
    await callTemporal({ client, deadline, call: () => client.workflow.getHandle(workflowId).signal(propertySignal, fact) });
  } catch (error) {
    // It has ended since it was listed.
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
}
