/** A door that was opened with a code, on its way to the stay whose code it is. */
import type { RecentIds } from '../../activities/recent-ids.ts';
import type { CodeHolder } from '../grant-keys.ts';
import { type Sending, sendAll, workflowsOfKeys } from './seam-signal.ts';

/** Whose code opened a door, and which codes have been asked about: a process asks Seam about each of them once. */
export interface KeyUses {
  readonly holdersOf: (accessCodeId: string) => Promise<readonly CodeHolder[] | null>;
  readonly known: RecentIds;
}

interface Use extends Sending {
  /** null: the lock says that it was opened, and not by which code. */
  readonly accessCodeId: string | null;
  readonly keyUses: KeyUses;
}

/** The first use of each code; of the door's log nothing else goes on (rule 21). Where Seam does not answer, the next use is the first. */
export async function takeUse({ context, signal, accessCodeId, keyUses, deadline }: Use): Promise<number> {
  if (accessCodeId === null || keyUses.known.has(accessCodeId)) return 0;
  const holders = await keyUses.holdersOf(accessCodeId);
  if (holders === null) return 0;
  const workflowIds = workflowsOfKeys({ context, keys: holders.map(({ grantKey }) => grantKey) });
  const used = { ...signal, accessGrantIds: holders.map(({ accessGrantId }) => accessGrantId) };
  const heard = await sendAll({ context, workflowIds, signal: used, deadline });
  keyUses.known.add(accessCodeId);
  return heard;
}
