/**
 * Instant Keys of a guest: links of limited life to a page that shows every mobile key of the guest's identity. A mobile key is born with
 * one; another one belongs to the identity alone, so which of them is told has to be decided, and each reader decides alike.
 */
import { z } from 'zod';
import type { KeyRequest } from '../../ports.ts';
import type { SeamCalls } from './calls.ts';
import { isSeamFailure } from './errors.ts';
import { accessGrant, instantKey, keyOwnerBatch, methodListBatch, type SeamInstantKey, type SeamMethod, userIdentity } from './schemas.ts';

function listKeys({ seam, identityId }: { seam: SeamCalls; identityId: string }): Promise<readonly SeamInstantKey[]> {
  return seam.read({ answer: z.array(instantKey), send: (api) => api.instantKeys.list({ user_identity_id: identityId }) });
}

interface Choice {
  readonly keys: readonly SeamInstantKey[];
  /** The links that the guest's mobile keys were born with. */
  readonly bornUrls: ReadonlySet<string>;
  /** The one of them that the method was born with. */
  readonly ownUrl: string | null | undefined;
  readonly startsAt: number;
}

/**
 * Its own, or one that was made anew after it, while that is alive when access starts; else the one that lives longest; null where there
 * is none. A link that another method was born with is no successor, however young it is.
 */
function keyToTell({ keys, bornUrls, ownUrl, startsAt }: Choice): SeamInstantKey | null {
  const successors = keys.filter(({ instant_key_url: url }) => url === ownUrl || !bornUrls.has(url));
  const newest = successors.toSorted((a, b) => a.created_at - b.created_at).at(-1);
  if (newest !== undefined && newest.expires_at > startsAt) return newest;
  return keys.toSorted((a, b) => a.expires_at - b.expires_at).at(-1) ?? null;
}

interface Telling {
  readonly seam: SeamCalls;
  readonly identityId: string;
  readonly method: SeamMethod;
  readonly startsAt: number;
}

/** The key to tell of a mobile key. Of several, what the guest's other methods were born with is asked for besides. */
export async function toldKey({ seam, identityId, method, startsAt }: Telling): Promise<SeamInstantKey | null> {
  const keys = await listKeys({ seam, identityId });
  if (keys.length < 2) return keys[0] ?? null;
  const grants = await mobileGrants({ seam, identityId });
  return keyToTell({ keys, bornUrls: bornUrlsOf(grants), ownUrl: method.instant_key_url, startsAt });
}

interface MobileGrant {
  readonly grantId: string;
  readonly startsAt: number;
  /** What each of its mobile keys was born with; null: not known yet. */
  readonly ownUrls: readonly (string | null)[];
}

async function mobileGrants({ seam, identityId }: { seam: SeamCalls; identityId: string }): Promise<readonly MobileGrant[]> {
  const grants = await seam.read({
    answer: z.array(accessGrant),
    send: (api) => api.accessGrants.list({ user_identity_id: identityId }),
  });
  return Promise.all(
    grants.map(async ({ access_grant_id: grantId, starts_at: startsAt }) => {
      const related = await seam.find({
        answer: methodListBatch,
        send: (api) => api.accessGrants.getRelated({ access_grant_ids: [grantId], include: ['access_methods'] }),
      });
      const mobile = related?.access_methods.filter(({ mode }) => mode === 'mobile_key') ?? [];
      return { grantId, startsAt, ownUrls: mobile.map(({ instant_key_url: url }) => url ?? null) };
    }),
  );
}

/** The key to tell of a method by itself, whose grant is not in hand. */
export async function keyOfMethod({ seam, method }: { seam: SeamCalls; method: SeamMethod }): Promise<SeamInstantKey | null> {
  const related = await seam.find({
    answer: keyOwnerBatch,
    send: (api) => api.accessMethods.getRelated({ access_method_ids: [method.access_method_id], include: ['access_grants'] }),
  });
  const [owner] = related?.access_grants ?? [];
  if (!owner?.user_identity_id) return null;
  return toldKey({ seam, identityId: owner.user_identity_id, method, startsAt: owner.starts_at });
}

const bornUrlsOf = (grants: readonly MobileGrant[]): ReadonlySet<string> =>
  new Set(grants.flatMap(({ ownUrls }) => ownUrls.filter((url) => url !== null)));

interface Renewal {
  readonly seam: SeamCalls;
  readonly request: KeyRequest;
}

/** Seam has no key for this request: a try whose answer was lost is known by the key that it made. */
export async function renewKey({ seam, request }: Renewal): Promise<{ readonly isNew: boolean }> {
  const { userIdentityKey, maxUses, customizationProfileId } = request;
  const { user_identity_id } = await seam.read({
    answer: userIdentity,
    send: (api) => api.userIdentities.get({ user_identity_key: userIdentityKey }),
  });
  const keys = await listKeys({ seam, identityId: user_identity_id });
  if (keys.some((key) => isMade({ key, request }))) return { isNew: false };
  const look = customizationProfileId === undefined ? {} : { customization_profile_id: customizationProfileId };
  await seam.write({
    answer: instantKey,
    send: (api) => api.userIdentities.generateInstantKey({ user_identity_id, max_use_count: maxUses, ...look }),
  });
  return { isNew: true };
}

/** By Seam's clock and ours: a guest who asks is heard minutes apart, which is more than the two may differ. */
const isMade = ({ key, request: { insteadOf, askedAt } }: { key: SeamInstantKey; request: KeyRequest }): boolean =>
  askedAt === undefined ? key.expires_at > insteadOf : key.created_at >= askedAt;

interface Ending {
  readonly seam: SeamCalls;
  readonly identityId: string;
  /** The grant that ends. */
  readonly grantId: string;
}

/** Ends every link of the identity that none of its other grants is told by: the page behind a leaked one would show their keys, too. */
export async function endKeys({ seam, identityId, grantId }: Ending): Promise<void> {
  const [keys, grants] = await Promise.all([listKeys({ seam, identityId }), mobileGrants({ seam, identityId })]);
  const bornUrls = bornUrlsOf(grants);
  const others = grants.filter((grant) => grant.grantId !== grantId);
  const told = others.flatMap(({ ownUrls, startsAt }) =>
    ownUrls.map((ownUrl) => keyToTell({ keys, bornUrls, ownUrl, startsAt })?.instant_key_id),
  );
  const kept = new Set(told);
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
