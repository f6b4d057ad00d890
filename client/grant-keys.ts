/** The key of a grant that an event names by id only: it begins with the workflow that made it. */
import { z } from 'zod';
import { connectToSeam, type SeamConnection } from '../activities/adapters/seam/calls.ts';
import { DEADLINE_MS } from './reservations/temporal-calls.ts';

const grantWithKey = z.object({ access_grant_key: z.string().nullish() });

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
