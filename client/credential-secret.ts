/** A code or key link, read from Seam at the moment an operator may see it; kept nowhere. */
import { z } from 'zod';
import { connectToSeam, type SeamConnection } from '../activities/adapters/seam/calls.ts';
import { DEADLINE_MS } from './reservations/temporal-calls.ts';

const credential = z.object({ code: z.string().nullish(), instant_key_url: z.string().nullish(), is_issued: z.boolean() });

/** null: the method is gone, not issued, or has no secret (a card, a cloud key). @throws a failure of Seam's */
export function credentialSecrets({ apiKey, endpoint }: SeamConnection): (accessMethodId: string) => Promise<string | null> {
  const connect = connectToSeam({ apiKey, endpoint });
  return async (accessMethodId) => {
    const found = await connect(AbortSignal.timeout(DEADLINE_MS.worker)).find({
      answer: credential,
      send: (seam) => seam.accessMethods.get({ access_method_id: accessMethodId }),
    });
    return found?.is_issued === true ? (found.code ?? found.instant_key_url ?? null) : null;
  };
}
