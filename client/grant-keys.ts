/** The keys of grants that an event names by id, or by a code of theirs: each begins with the workflow that made it. */
import { z } from 'zod';
import { connectToSeam, type SeamConnection } from '../activities/adapters/seam/calls.ts';
import { DEADLINE_MS } from './reservations/temporal-calls.ts';

const grantWithKey = z.object({ access_grant_key: z.string().nullish() });
const keyedGrants = z.array(grantWithKey.extend({ access_grant_id: z.string() }));

/** Answers null also where Seam does not answer: the event is a hint, and what it hints at is read by and by without it. */
export function grantKeys({ apiKey, endpoint }: SeamConnection): (accessGrantId: string) => Promise<string | null> {
  const connect = connectToSeam({ apiKey, endpoint });
  return async (accessGrantId) => {
    try {
      const grant = await connect(AbortSignal.timeout(DEADLINE_MS.probe)).find({
        answer: grantWithKey,
        send: (seam) => seam.accessGrants.get({ access_grant_id: accessGrantId }),
      });
      return grant?.access_grant_key ?? null;
    } catch {
      return null;
    }
  };
}

export interface CodeHolder {
  readonly accessGrantId: string;
  readonly grantKey: string;
}

/** The grants that an access code (`access_code_id`) belongs to; null where Seam does not answer. */
export function holdersOfCode({ apiKey, endpoint }: SeamConnection): (accessCodeId: string) => Promise<readonly CodeHolder[] | null> {
  const connect = connectToSeam({ apiKey, endpoint });
  return async (accessCodeId) => {
    try {
      const grants = await connect(AbortSignal.timeout(DEADLINE_MS.probe)).find({
        answer: keyedGrants,
        send: (seam) => seam.accessGrants.list({ access_code_id: accessCodeId }),
      });
      return (grants ?? []).flatMap(({ access_grant_id: accessGrantId, access_grant_key: grantKey }) =>
        grantKey ? [{ accessGrantId, grantKey }] : [],
      );
    } catch {
      return null;
    }
  };
}
