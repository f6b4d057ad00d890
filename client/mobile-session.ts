/** The token by which a guest's own app uses their mobile key (Seam's client session), read at the moment it is handed out; kept nowhere. */
import { z } from 'zod';
import { connectToSeam, type SeamCalls, type SeamConnection } from '../activities/adapters/seam/calls.ts';
import type { ActionOutcome } from '../workflows/messages.ts';
import { DEADLINE_MS } from './reservations/temporal-calls.ts';

const mobileKey = z.object({ is_issued: z.boolean(), client_session_token: z.string().nullish() });
const identity = z.object({ user_identity_id: z.string() });
const session = z.object({ token: z.string() });

type Asked = Required<ActionOutcome>['session'];

/** null: there is no such key, or it is not issued. @throws a failure of Seam's */
export function mobileSessions({ apiKey, endpoint }: SeamConnection): (asked: Asked) => Promise<string | null> {
  const connect = connectToSeam({ apiKey, endpoint });
  return async ({ accessMethodId, userIdentityKey }) => {
    const seam = connect(AbortSignal.timeout(DEADLINE_MS.worker));
    const key = await seam.find({ answer: mobileKey, send: (api) => api.accessMethods.get({ access_method_id: accessMethodId }) });
    if (key?.is_issued === false) return null;
    return key?.client_session_token ?? sessionOfGuest({ seam, userIdentityKey });
  };
}

/** A credential of an access system, and some access methods, show no session: the identity has one, or gets one. */
async function sessionOfGuest({ seam, userIdentityKey }: { seam: SeamCalls; userIdentityKey: string }): Promise<string | null> {
  const guest = await seam.find({ answer: identity, send: (api) => api.userIdentities.get({ user_identity_key: userIdentityKey }) });
  if (guest === null) return null;
  const { token } = await seam.write({
    answer: session,
    send: (api) => api.clientSessions.getOrCreate({ user_identity_id: guest.user_identity_id }),
  });
  return token;
}
