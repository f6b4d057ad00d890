/**
 * Takes a grant back and proves it. Seam answers `ok` to a delete and does the work later, sometimes not for every method, so the
 * only proof is a read after it (rule 9).
 */
import { z } from 'zod';
import type { Revoked } from '../../ports.ts';
import type { Call, SeamCalls } from './calls.ts';
import { isSeamFailure } from './errors.ts';
import { endKeys } from './instant-keys.ts';
import { findGrant, findGrantById } from './reading.ts';
import { accessMethod, ownerBatch, type SeamGrant } from './schemas.ts';

interface Revocation {
  readonly seam: SeamCalls;
  readonly grantKey: string;
  readonly accessGrantId: string | null;
  /** As known from earlier reads: the grant, once gone, can't say. */
  readonly accessMethodIds: readonly string[];
}

/** Gone when neither the grant nor any method of its own can be read any more, by reads that follow the last delete. */
export async function revokeGrant({ seam, grantKey, accessGrantId, accessMethodIds }: Revocation): Promise<Revoked> {
  const grant = await lookUp({ seam, grantKey, accessGrantId });
  const unknown = grant?.access_method_ids.filter((id) => !accessMethodIds.includes(id)) ?? [];
  const learnt = await survivors({ seam, methodIds: unknown });
  if (grant !== null && learnt.length > 0)
    return { gone: false, learnt: { accessGrantId: grant.access_grant_id, accessMethodIds: learnt } };
  const grantIds = [...new Set([accessGrantId, grant?.access_grant_id ?? null])].filter((id) => id !== null);
  if (grant !== null) await endLinks({ seam, grant });
  if (grant !== null) await deleteUnlessGone({ seam, send: (api) => api.accessGrants.delete({ access_grant_id: grant.access_grant_id }) });
  const isLeft = grant === null ? false : isGrantLeft({ seam, grantKey, grantIds });
  const [left, surviving] = await Promise.all([isLeft, survivors({ seam, methodIds: accessMethodIds })]);
  // While Seam still takes the grant down its methods go with it.
  if (left) return { gone: false };
  const own = await withoutShared({ seam, methodIds: surviving, grantIds });
  await Promise.all(own.map((id) => deleteUnlessGone({ seam, send: (api) => api.accessMethods.delete({ access_method_id: id }) })));
  return { gone: (await survivors({ seam, methodIds: own })).length === 0 };
}

/** First, for once the grant is gone nothing says whose they were. */
async function endLinks({ seam, grant }: { readonly seam: SeamCalls; readonly grant: SeamGrant }): Promise<void> {
  const isMobile = grant.requested_access_methods.some(({ mode }) => mode === 'mobile_key');
  if (isMobile && grant.user_identity_id) await endKeys({ seam, identityId: grant.user_identity_id, grantId: grant.access_grant_id });
}

/** By id, and else by key: a create whose answer was lost left a grant whose id nobody knows. */
async function lookUp({ seam, grantKey, accessGrantId }: Omit<Revocation, 'accessMethodIds'>): Promise<SeamGrant | null> {
  const known = accessGrantId === null ? null : await findGrantById({ seam, id: accessGrantId });
  return known ?? findGrant({ seam, grantKey });
}

export async function deleteUnlessGone({ seam, send }: { readonly seam: SeamCalls; readonly send: Call<unknown>['send'] }): Promise<void> {
  try {
    await seam.write({ answer: z.unknown(), send });
  } catch (error) {
    if (!isSeamFailure(error, 'SeamNotFound')) throw error;
  }
}

async function isGrantLeft({
  seam,
  grantKey,
  grantIds,
}: {
  seam: SeamCalls;
  grantKey: string;
  grantIds: readonly string[];
}): Promise<boolean> {
  const grants = await Promise.all([findGrant({ seam, grantKey }), ...grantIds.map((id) => findGrantById({ seam, id }))]);
  return grants.some((grant) => grant !== null);
}

interface Methods {
  readonly seam: SeamCalls;
  readonly methodIds: readonly string[];
}

async function survivors({ seam, methodIds }: Methods): Promise<readonly string[]> {
  const found = await Promise.all(
    methodIds.map((id) => seam.find({ answer: accessMethod, send: (api) => api.accessMethods.get({ access_method_id: id }) })),
  );
  return found.flatMap((method) => method?.access_method_id ?? []);
}

/** Seam may use one method for several grants of an identity: deleting it would lock the guest out of a room that is still theirs. */
async function withoutShared({
  seam,
  methodIds,
  grantIds,
}: Methods & { readonly grantIds: readonly string[] }): Promise<readonly string[]> {
  const owners = await Promise.all(
    methodIds.map(async (id) => {
      const related = await seam.find({
        answer: ownerBatch,
        send: (api) => api.accessMethods.getRelated({ access_method_ids: [id], include: ['access_grants'] }),
      });
      const others = related?.access_grants.filter((grant) => !grantIds.includes(grant.access_grant_id)) ?? [];
      return { id, isShared: others.length > 0 };
    }),
  );
  return owners.filter((owner) => !owner.isShared).map((owner) => owner.id);
}
