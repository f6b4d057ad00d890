/** A code or key link, read from Seam at the moment an operator may see it; kept nowhere. */
import { connectToSeam, type SeamCalls, type SeamConnection } from '../activities/adapters/seam/calls.ts';
import { keyOfMethod } from '../activities/adapters/seam/instant-keys.ts';
import { accessMethod } from '../activities/adapters/seam/schemas.ts';
import { credentialById } from '../activities/adapters/seam-acs/credentials.ts';
import { secretOf } from '../activities/adapters/seam-acs/state.ts';
import { codeById, codeNow } from '../activities/adapters/seam-codes/codes.ts';
import { DEADLINE_MS } from './reservations/temporal-calls.ts';

/** null: the method is gone, not issued, or has no secret (a card, a cloud key). @throws a failure of Seam's */
export function credentialSecrets({ apiKey, endpoint }: SeamConnection): (accessMethodId: string) => Promise<string | null> {
  const connect = connectToSeam({ apiKey, endpoint });
  return async (accessMethodId) => {
    const seam = connect(AbortSignal.timeout(DEADLINE_MS.worker));
    const method = await seam.find({ answer: accessMethod, send: (api) => api.accessMethods.get({ access_method_id: accessMethodId }) });
    if (method === null) return lowLevelSecret({ seam, id: accessMethodId });
    if (!method.is_issued) return null;
    const key = method.mode === 'mobile_key' ? await keyOfMethod({ seam, method }) : null;
    return method.code ?? key?.instant_key_url ?? method.instant_key_url ?? null;
  };
}

/** An id of a low-level provider: a credential's, or else a code's. */
async function lowLevelSecret({ seam, id }: { readonly seam: SeamCalls; readonly id: string }): Promise<string | null> {
  const credential = await credentialById({ seam, id });
  if (credential !== null) return secretOf(credential);
  const code = await codeById({ seam, id });
  return code === null ? null : codeNow({ seam, code });
}
