/** The end of a guest's identity in Seam: deleted by its key, and read back (rule 20). */
import { z } from 'zod';
import type { IdentityPort } from '../../erasure-ports.ts';
import { connectToSeam, type SeamCalls, type SeamConnection } from './calls.ts';
import { isSeamFailure } from './errors.ts';
import { userIdentity } from './schemas.ts';

/** Failures as those of `createSeamAdapter`. Whatever access the identity still has goes with it. */
export function createSeamIdentities(connection: SeamConnection): IdentityPort {
  const connect = connectToSeam(connection);
  return {
    async forget(userIdentityKey, signal) {
      const seam = connect(signal);
      const id = await identityId({ seam, userIdentityKey });
      if (id === null) return { gone: true };
      await deleteIdentity({ seam, id });
      return { gone: (await identityId({ seam, userIdentityKey })) === null };
    },
  };
}

/** null: Seam has no identity of this key. */
export async function identityId({ seam, userIdentityKey }: { seam: SeamCalls; userIdentityKey: string }): Promise<string | null> {
  const found = await seam.find({
    answer: userIdentity,
    send: (api) => api.userIdentities.get({ user_identity_key: userIdentityKey }),
  });
  return found?.user_identity_id ?? null;
}

async function deleteIdentity({ seam, id }: { seam: SeamCalls; id: string }): Promise<void> {
  try {
    await seam.write({ answer: z.unknown(), send: (api) => api.userIdentities.delete({ user_identity_id: id }) });
  } catch (error) {
    if (!isSeamFailure(error, 'SeamNotFound')) throw error;
  }
}
