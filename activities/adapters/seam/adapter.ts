/** Access to doors through Seam's Access Grants: the real adapter, and the only one, for the simulator speaks the same protocol. */
import { z } from 'zod';
import type { CodeChoice } from '../../code-choice.ts';
import type { Fingerprints } from '../../fingerprint.ts';
import type { AccessPort } from '../../ports.ts';
import { connectToSeam, type SeamConnection } from './calls.ts';
import { isSeamFailure } from './errors.ts';
import { findOrCreateGrant } from './granting.ts';
import { keyOfMethod, renewKey } from './instant-keys.ts';
import { secretOf, stateOf } from './methods.ts';
import { readAround, readByKey } from './reading.ts';
import { revokeGrant } from './revocation.ts';
import { accessMethod } from './schemas.ts';

/** What is left of a grant that vanished while its times were changed is for the next read to say. */
const isVanished = (error: unknown): boolean => isSeamFailure(error, 'SeamNotFound');

/**
 * Failures: `SeamRateLimited`, `SeamUnavailable`, `SeamUnreadable`, `SeamConflict` (trying again can help), `SeamRejected`,
 * `SeamUnauthorized`, `SeamNotFound`, `ModeImpossible`, `ReservationConflict` (it can't). A cancelled activity gets the reason of its signal.
 */
export function createSeamAdapter({
  apiKey,
  endpoint,
  fingerprints,
  codes,
}: SeamConnection & { readonly fingerprints: Fingerprints; readonly codes: CodeChoice }): AccessPort {
  const connect = connectToSeam({ apiKey, endpoint });
  return {
    async grant(request, signal) {
      const seam = connect(signal);
      const grant = await findOrCreateGrant({ seam, request, codes });
      return readAround({ grant, seam, fingerprints, fingerprintKeyId: null });
    },
    async changeWindow({ accessGrantId, window }, signal) {
      if (accessGrantId === null) return;
      const times = { starts_at: new Date(window.startsAt).toISOString(), ends_at: new Date(window.endsAt).toISOString() };
      try {
        await connect(signal).write({
          answer: z.unknown(),
          send: (api) => api.accessGrants.update({ access_grant_id: accessGrantId, ...times }),
        });
      } catch (error) {
        if (!isVanished(error)) throw error;
      }
    },
    read: ({ grantKey, fingerprintKeyId }, signal) => readByKey({ grantKey, seam: connect(signal), fingerprints, fingerprintKeyId }),
    renewKey: (request, signal) => renewKey({ seam: connect(signal), request }),
    revoke: (request, signal) => revokeGrant({ seam: connect(signal), ...request }),
    async secret({ accessMethodId, fingerprintKeyId: keyId }, signal) {
      const seam = connect(signal);
      const method = await seam
        .read({ answer: accessMethod, send: (api) => api.accessMethods.get({ access_method_id: accessMethodId }) })
        .catch((error: unknown) => {
          if (isVanished(error)) return null;
          throw error;
        });
      if (method === null) return { secret: null, issued: false, fingerprint: null };
      const key = method.mode === 'mobile_key' ? await keyOfMethod({ seam, method }) : null;
      const secret = secretOf({ method, grant: null, key });
      const fingerprint = secret === null ? null : fingerprints.of({ secret, keyId });
      return { secret, issued: stateOf({ method, grant: null }) === 'issued', fingerprint };
    },
  };
}
