/**
 * Makes an identity and a grant, one of each however often it is tried. Seam has no idempotency keys, so both are looked for under
 * our own key first; a create whose answer was lost, or that another try overtook, is found the same way.
 */
import type { Mode } from '../../../workflows/domain/property.ts';
import type { GrantRequest } from '../../ports.ts';
import type { SeamCalls } from './calls.ts';
import { isSeamFailure } from './errors.ts';
import { findGrant } from './reading.ts';
import { accessGrant, type SeamGrant, userIdentity } from './schemas.ts';

interface Granting {
  readonly seam: SeamCalls;
  readonly request: GrantRequest;
}

export function findOrCreateGrant({ seam, request }: Granting): Promise<SeamGrant> {
  return findOrCreate({
    find: () => findGrant({ seam, grantKey: request.grantKey }),
    create: async () => createGrant({ seam, request, identityId: await identityIdFor({ seam, request }) }),
  });
}

interface FindOrCreate<Thing> {
  readonly find: () => Promise<Thing | null>;
  readonly create: () => Promise<Thing>;
}

export async function findOrCreate<Thing>({ find, create }: FindOrCreate<Thing>): Promise<Thing> {
  const existing = await find();
  if (existing !== null) return existing;
  try {
    return await create();
  } catch (error) {
    // Seam does not document how it answers to a key that is taken: 409 or 400.
    if (!isSeamFailure(error, 'SeamConflict') && !isSeamFailure(error, 'SeamRejected')) throw error;
    const other = await find();
    if (other === null) throw error;
    return other;
  }
}

/** Key and name only: an e-mail or phone may belong to another identity, and an Instant Key shows every key of one. */
export async function identityIdFor({ seam, request }: Granting): Promise<string> {
  const { userIdentityKey: user_identity_key, fullName: full_name } = request;
  const identity = await findOrCreate({
    find: () => seam.find({ answer: userIdentity, send: (api) => api.userIdentities.get({ user_identity_key }) }),
    create: () => seam.write({ answer: userIdentity, send: (api) => api.userIdentities.create({ user_identity_key, full_name }) }),
  });
  return identity.user_identity_id;
}

function createGrant({ seam, request, identityId }: Granting & { readonly identityId: string }): Promise<SeamGrant> {
  const { grantKey, doors, modes, window, instantKeyMaxUses } = request;
  const parameters = {
    access_grant_key: grantKey,
    // Shown in Seam's console and on some locks: the key, for it says whose without saying who.
    name: grantKey,
    user_identity_id: identityId,
    starts_at: new Date(window.startsAt).toISOString(),
    ends_at: new Date(window.endsAt).toISOString(),
    requested_access_methods: modes.map((mode) => requestedMethod({ mode, instantKeyMaxUses })),
    ...(doors.entrances.length > 0 ? { acs_entrance_ids: [...doors.entrances] } : {}),
    ...(doors.devices.length > 0 ? { device_ids: [...doors.devices] } : {}),
    ...(doors.spaces.length > 0 ? { space_ids: [...doors.spaces] } : {}),
    ...(doors.spaceKeys.length > 0 ? { space_keys: [...doors.spaceKeys] } : {}),
  };
  return seam.write({ answer: accessGrant, send: (api) => api.accessGrants.create(parameters) });
}

const requestedMethod = ({ mode, instantKeyMaxUses }: { readonly mode: Mode; readonly instantKeyMaxUses: number }) =>
  mode === 'mobile_key' ? { mode, instant_key_max_use_count: instantKeyMaxUses } : { mode };
