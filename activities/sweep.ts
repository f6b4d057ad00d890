/** Holds Seam's grants against their stays, some pages at a time (rule 11). Takes nothing back itself. */
import { log } from '@temporalio/activity';
import { workflowIdOfGrantKey } from '../workflows/domain/ids.ts';
import type { Standing } from '../workflows/domain/standing.ts';
import { type ListedGrant, MOST_ORPHANS, type SweepStep, sweepStep } from '../workflows/domain/sweep-plan.ts';
import { whileBeating } from './heartbeat.ts';
import { hintAll } from './hints.ts';
import { sideBySide } from './side-by-side.ts';
import { ailingGrants, type HealthDeps, hintHealth } from './sweep-health.ts';
import { hintVanished } from './sweep-stays.ts';
import type { BrakePort, GrantListPort, Orphan, StandingPort, UnownedGrant, UnownedPort } from './upkeep-ports.ts';

export interface SweepDeps extends HealthDeps {
  readonly deployment: string;
  readonly grantList: GrantListPort;
  readonly standings: StandingPort;
  readonly brake: BrakePort;
  readonly unowned: UnownedPort;
}

/** `sweepId`: of one sweep, so that a repeated attempt tells nobody twice. */
interface SweepInput {
  readonly cursor: string | null;
  readonly sweepId: string;
}

export interface SweptGrants {
  readonly next: string | null;
  readonly checked: number;
  readonly hinted: number;
  readonly orphans: readonly Orphan[];
  /** Grants whose workflow is not to be found, or was broken off. */
  readonly unowned: number;
}

export type SweptStays = Pick<SweptGrants, 'next' | 'checked' | 'hinted'>;

/** What one activity does at most: a workflow's history grows by it, and a dead worker loses it. */
const PAGES = 20;
const AT_ONCE = 10;

export const createSweep = (deps: SweepDeps) => ({
  sweepGrants: ({ cursor, sweepId }: SweepInput): Promise<SweptGrants> =>
    whileBeating(async (signal) => {
      let swept: SweptGrants = { next: cursor, checked: 0, hinted: 0, orphans: [], unowned: 0 };
      const unowned: UnownedGrant[] = [];
      for (let page = 0; page < PAGES && (page === 0 || swept.next !== null); page += 1) {
        const { grants, next } = await deps.grantList.page({ cursor: swept.next }, signal);
        const found = await sweepPage({ deps, grants, sweepId, signal });
        swept = {
          next,
          checked: swept.checked + found.checked,
          hinted: swept.hinted + found.hinted,
          orphans: [...swept.orphans, ...found.orphans].slice(0, MOST_ORPHANS),
          unowned: swept.unowned + found.unowned.length,
        };
        unowned.push(...found.unowned);
      }
      await deps.unowned.report(unowned, signal);
      return swept;
    }),

  sweepStays: ({ cursor, sweepId }: SweepInput): Promise<SweptStays> =>
    whileBeating(async (signal) => {
      let swept: SweptStays = { next: cursor, checked: 0, hinted: 0 };
      const ailing = await ailingGrants({ deps, signal });
      for (let page = 0; page < PAGES && (page === 0 || swept.next !== null); page += 1) {
        const { standings, next } = await deps.standings.running({ cursor: swept.next });
        const vanished = await hintVanished({ deps, standings, sweepId, signal });
        const unwell = await hintHealth({ deps, standings, ailing, sweepId, signal });
        swept = { next, checked: swept.checked + standings.length, hinted: swept.hinted + vanished + unwell };
      }
      return swept;
    }),

  /** Of everything that a sweep would take back, what may go now. */
  passBrake: ({ orphans }: { readonly orphans: readonly Orphan[] }): Promise<readonly Orphan[]> =>
    whileBeating(async () => {
      const passed = new Set(await deps.brake.pass(orphans));
      const going = orphans.filter(({ accessGrantId }) => passed.has(accessGrantId));
      const grantKeys = going.slice(0, 20).map(({ grantKey }) => grantKey);
      if (orphans.length > 0) log.warn('grants that no living stay owns', { found: orphans.length, takenBack: going.length, grantKeys });
      return going;
    }),
});

interface Page {
  readonly deps: SweepDeps;
  readonly sweepId: string;
  readonly signal: AbortSignal;
}

interface Judged {
  readonly grant: ListedGrant;
  readonly workflowId: string;
  readonly standing: Standing | null;
  readonly step: SweepStep;
}

interface FoundOnPage extends Pick<SweptGrants, 'checked' | 'hinted' | 'orphans'> {
  readonly unowned: readonly UnownedGrant[];
}

async function sweepPage({ deps, grants, sweepId, signal }: Page & { grants: readonly ListedGrant[] }): Promise<FoundOnPage> {
  const ours = grants.flatMap((grant) => {
    const workflowId = workflowIdOfGrantKey({ grantKey: grant.grantKey, deployment: deps.deployment });
    return workflowId === null ? [] : [{ grant, workflowId }];
  });
  const standings = await deps.standings.ofWorkflows(ours.map(({ workflowId }) => workflowId));
  const judged = ours.map(({ grant, workflowId }): Judged => {
    const standing = standings.get(workflowId) ?? null;
    return { grant, workflowId, standing, step: sweepStep({ grant, standing, now: deps.now() }) };
  });
  const of = (step: SweepStep): readonly Judged[] => judged.filter((one) => one.step === step);
  const unowned = of('report').map(({ grant: { grantKey, accessGrantId, lowLevel }, standing }): UnownedGrant => {
    const system = lowLevel?.by.provider === 'acs' ? { systemId: lowLevel.by.acs.systemId } : {};
    return { grantKey, accessGrantId, propertyId: standing?.propertyId ?? null, ...system };
  });
  const grantKeys = unowned.slice(0, 20).map(({ grantKey }) => grantKey);
  if (unowned.length > 0) log.warn('grants whose workflow is not to be found; look at them in Seam', { found: unowned.length, grantKeys });
  const hints = of('hint').map(({ workflowId, grant }) => ({ workflowId, accessGrantId: grant.accessGrantId }));
  return {
    checked: ours.length,
    hinted: await hintAll({ deps, hints, sweepId, signal }),
    orphans: await confirmed({ deps, judged: of('revoke'), signal }),
    unowned,
  };
}

/** Visibility may not know yet that a stay runs again: nothing is an orphan before Temporal itself was asked. */
async function confirmed({ deps, judged, signal }: Omit<Page, 'sweepId'> & { judged: readonly Judged[] }): Promise<readonly Orphan[]> {
  const work = async ({ grant, workflowId, standing }: Judged): Promise<readonly Orphan[]> => {
    const propertyId = standing?.propertyId ?? null;
    const isOwned = standing?.state !== 'running' && !(await deps.standings.isClosed(workflowId));
    const { endsAt: _end, isBeingDeleted: _going, ...orphan } = grant;
    return isOwned || propertyId === null ? [] : [{ ...orphan, propertyId }];
  };
  return (await sideBySide({ items: judged, width: AT_ONCE, signal, work })).flat();
}
