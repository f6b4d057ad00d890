/**
 * Tells a property's staff of grants in Seam whose stay is not to be found (rule 11): of each once, however often it is swept. It remembers
 * them for as long as new ones come, and then a while; it takes nothing back.
 */
import { allHandlersFinished, condition, continueAsNew, setHandler, workflowInfo } from '@temporalio/workflow';
import { hash } from './domain/ids.ts';
import { isGrantId } from './domain/low-level.ts';
import type { Notice } from './domain/notice.ts';
import { UNOWNED_FORGOTTEN } from './domain/pace.ts';
import { MOST_ORPHANS } from './domain/sweep-plan.ts';
import { tellStaff } from './staff-alert.ts';
import { type UnownedArguments, type UnownedReport, unownedSignal } from './unowned-messages.ts';

/** In one message; the worker's log names the others. */
const NAMED = 10;

export async function unownedGrants({ told: before }: UnownedArguments): Promise<void> {
  let told = before;
  let news: UnownedReport | null = null;
  setHandler(unownedSignal, ({ staff, grants }) => {
    const known = new Set(told);
    const fresh = grants.filter(({ accessGrantId }) => !known.has(accessGrantId));
    told = [...told, ...fresh.map(({ accessGrantId }) => accessGrantId)].slice(-MOST_ORPHANS);
    if (fresh.length > 0) news = { staff, grants: [...(news?.grants ?? []), ...fresh] };
  });
  while (await condition(() => news !== null, UNOWNED_FORGOTTEN)) {
    const report: UnownedReport | null = news;
    news = null;
    if (report !== null) await tell(report);
    if (workflowInfo().continueAsNewSuggested && news === null && allHandlersFinished())
      await continueAsNew<typeof unownedGrants>({ told });
  }
}

const nounOf = (handle: string): string =>
  isGrantId(handle) ? 'a grant' : handle.startsWith('acs:') ? 'a user or credential' : 'an access code';

function tell({ staff, grants }: UnownedReport): Promise<void> {
  const ids = grants.map(({ accessGrantId }) => accessGrantId);
  const causes = grants.slice(0, NAMED).map(({ accessGrantId, what }) => {
    const text = `Seam holds ${nounOf(accessGrantId)} of ${what} (${accessGrantId}) for doors of this property, and no such stay is to be found. It is left as it is: look whose it is, and delete it in Seam.`;
    return { code: 'grant_without_stay', text };
  });
  const others =
    grants.length > NAMED ? [{ code: 'grant_without_stay', text: `${grants.length - NAMED} more: the worker's log names them.` }] : [];
  const more = grants.length > 1 ? ` (+${grants.length - 1})` : '';
  const notice: Notice = {
    kind: 'staff_alert',
    reservationKey: `${grants[0]?.what ?? ''}${more}`,
    startsAt: null,
    causes: [...causes, ...others],
  };
  return tellStaff({ staff, notice, messageId: `unowned-${hash(ids.join())}` });
}
