/**
 * Instant Keys of a guest: links of limited life to a page that shows every mobile key of the guest's identity. A mobile key is born with
 * one; another one belongs to the identity alone, so which of them is told has to be decided, and each reader decides alike.
 */
import { z } from 'zod';
import type { SeamCalls } from './calls.ts';
import { isSeamFailure } from './errors.ts';
import { accessGrant, instantKey, keyOwnerBatch, methodListBatch, type SeamInstantKey, type SeamMethod, userIdentity } from './schemas.ts';

export function listKeys({ seam, identityId }: { seam: SeamCalls; identityId: string }): Promise<readonly SeamInstantKey[]> {
  return seam.read({ answer: z.array(instantKey), send: (api) => api.instantKeys.list({ user_identity_id: identityId }) });
}

interface Choice {
  readonly keys: readonly SeamInstantKey[];
  /** The link that the method was born with. */
  readonly ownUrl: string | null | undefined;
  readonly startsAt: number;
}

/** Its own while that one is alive when access starts, else the one that lives longest; null where there is none. */
export function keyToTell({ keys, ownUrl, startsAt }: Choice): SeamInstantKey | null {
  const own = keys.find((key) => key.instant_key_url === ownUrl);
  if (own !== undefined && own.expires_at > startsAt) return own;
  return keys.toSorted((a, b) => a.expires_at - b.expires_at).at(-1) ?? null;
}

/** The key to tell of a method by itself, whose grant is not in hand. */
export async function keyOfMethod({ seam, method }: { seam: SeamCalls; method: SeamMethod }): Promise<SeamInstantKey | null> {
  const related = await seam.find({
    answer: keyOwnerBatch,
    send: (api) => api.accessMethods.getRelated({ access_method_ids: [method.access_method_id], include: ['access_grants'] }),
  });
  const [owner] = related?.access_grants ?? [];
  if (!owner?.user_identity_id) return null;
  const keys = await listKeys({ seam, identityId: owner.user_identity_id });
  return keyToTell({ keys, ownUrl: method.instant_key_url, startsAt: owner.starts_at });
}

interface Renewal {
  readonly seam: SeamCalls;
  readonly userIdentityKey: string;
  readonly maxUses: number;
  /** Milliseconds since the epoch. */
  readonly insteadOf: number;
}

/** Seam has no key for this request: a try whose answer was lost is known by the key that it made. */
export async function renewKey({ seam, userIdentityKey, maxUses, insteadOf }: Renewal): Promise<{ readonly isNew: boolean }> {
  const { user_identity_id } = await seam.read({
    answer: userIdentity,
    send: (api) => api.userIdentities.get({ user_identity_key: userIdentityKey }),
  });
  const keys = await listKeys({ seam, identityId: user_identity_id });
  if (keys.some((key) => key.expires_at > insteadOf)) return { isNew: false };
  await seam.write({
    answer: instantKey,
    send: (api) => api.userIdentities.generateInstantKey({ user_identity_id, max_use_count: maxUses }),
  });
  return { isNew: true };
}

interface Ending {
  readonly seam: SeamCalls;
  readonly identityId: string;
  /** The grant that ends. */
  readonly grantId: string;
}

/** Ends every link of the identity that none of its other grants is told by: the page behind a leaked one would show their keys, too. */
export async function endKeys({ seam, identityId, grantId }: Ending): Promise<void> {
  const [keys, grants] = await Promise.all([
    listKeys({ seam, identityId }),
    seam.read({ answer: z.array(accessGrant), send: (api) => api.accessGrants.list({ user_identity_id: identityId }) }),
  ]);
  const others = grants.filter((grant) => grant.access_grant_id !== grantId);
  const told = await Promise.all(
    others.map(async ({ access_grant_id, starts_at: startsAt }) => {
      const related = await seam.find({
        answer: methodListBatch,
        send: (api) => api.accessGrants.getRelated({ access_grant_ids: [access_grant_id], include: ['access_methods'] }),
      });
      const mobile = related?.access_methods.filter(({ mode }) => mode === 'mobile_key') ?? [];
      return mobile.map(({ instant_key_url: ownUrl }) => keyToTell({ keys, ownUrl, startsAt })?.instant_key_id);
    }),
  );
  const kept = new Set(told.flat());
  const ending = keys.filter(({ instant_key_id: id }) => !kept.has(id));
  await Promise.all(ending.map(({ instant_key_id }) => endKey({ seam, instant_key_id })));
}

async function endKey({ seam, instant_key_id }: { seam: SeamCalls; instant_key_id: string }): Promise<void> {
  try {
    await seam.write({ answer: z.unknown(), send: (api) => api.instantKeys.delete({ instant_key_id }) });
  } catch (error) {
    if (!isSeamFailure(error, 'SeamNotFound')) throw error;
  }
}
