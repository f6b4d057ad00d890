/** The token by which a guest's own app uses their mobile key (Seam's client session), read at the moment it is handed out; kept nowhere. */
import { z } from 'zod';
import { connectToSeam, type SeamCalls, type SeamConnection } from '../activities/adapters/seam/calls.ts';
import { DEADLINE_MS } from './reservations/temporal-calls.ts';

const mobileKey = z.object({ is_issued: z.boolean(), client_session_token: z.string().nullish() });
const owners = z.object({ access_grants: z.array(z.object({ user_identity_id: z.string() })) });
const session = z.object({ token: z.string() });

/** null: the key is gone or not issued. @throws a failure of Seam's */
export function mobileSessions({ apiKey, endpoint }: SeamConnection): (accessMethodId: string) => Promise<string | null> {
  const connect = connectToSeam({ apiKey, endpoint });
  return async (accessMethodId) => {
    const seam = connect(AbortSignal.timeout(DEADLINE_MS.worker));
    const key = await seam.find({ answer: mobileKey, send: (api) => api.accessMethods.get({ access_method_id: accessMethodId }) });
    if (key === null || !key.is_issued) return null;
    return key.client_session_token ?? sessionOfOwner({ seam, accessMethodId });
  };
}

/** Not every system shows a session with its key: then the identity gets one, or has one. */
async function sessionOfOwner({ seam, accessMethodId }: { seam: SeamCalls; accessMethodId: string }): Promise<string | null> {
  const related = await seam.find({
    answer: owners,
    send: (api) => api.accessMethods.getRelated({ access_method_ids: [accessMethodId], include: ['access_grants'] }),
  });
  const [owner] = related?.access_grants ?? [];
  if (owner === undefined) return null;
  const { token } = await seam.write({
    answer: session,
    send: (api) => api.clientSessions.getOrCreate({ user_identity_id: owner.user_identity_id }),
  });
  return token;
}
