/** Holds the stays that run against Seam's grants: one that vanished without a word is looked for by its owner. */
import type { Standing } from '../workflows/domain/standing.ts';
import { vanishedGrants } from '../workflows/domain/sweep-plan.ts';
import { type HintDeps, hintAll } from './hints.ts';
import { sideBySide } from './side-by-side.ts';
import type { GrantListPort } from './upkeep-ports.ts';

interface Held {
  readonly deps: HintDeps & { readonly grantList: GrantListPort };
  readonly standings: readonly Standing[];
  readonly sweepId: string;
  readonly signal: AbortSignal;
}

/** Seam's limit for a list of ids. */
const IDS = 100;
const AT_ONCE = 4;

/** How many stays were told. */
export async function hintVanished({ deps, standings, sweepId, signal }: Held): Promise<number> {
  const ids = standings.flatMap((standing) => standing.accessGrantIds);
  const chunks = Array.from({ length: Math.ceil(ids.length / IDS) }, (_, i) => ids.slice(i * IDS, (i + 1) * IDS));
  const found = await sideBySide({ items: chunks, width: AT_ONCE, signal, work: (chunk) => deps.grantList.listed(chunk, signal) });
  const listed = new Set(found.flatMap((some) => [...some]));
  const hints = standings.flatMap((standing) =>
    vanishedGrants({ standing, listed }).map((accessGrantId) => ({ workflowId: standing.workflowId, accessGrantId })),
  );
  return hintAll({ deps, hints, sweepId, signal });
}
