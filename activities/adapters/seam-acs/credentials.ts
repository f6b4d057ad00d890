/**
 * The credentials of one access. Nothing of a credential bears a key of ours: which of a guest's credentials are meant follows from what
 * earlier reads showed, and for one whose creation was never answered from its mode, start and doors.
 */
import { z } from 'zod';
import type { LowLevelAccess } from '../../../workflows/domain/low-level.ts';
import type { AcsSettings, Mode } from '../../../workflows/domain/property.ts';
import { startsAsAsked, timesOf } from '../seam/asked-times.ts';
import type { SeamCalls } from '../seam/calls.ts';
import { isSeamFailure } from '../seam/errors.ts';
import { entrance } from '../seam/schemas.ts';
import { metadataFor } from './manufacturer.ts';
import { type AcsCredential, acsCredential } from './schemas.ts';
import type { Person } from './users.ts';

export type Entrance = z.infer<typeof entrance>;

/** All of the guest's in the system. */
export async function credentialsOf({ seam, systemId, identityId }: Person): Promise<readonly AcsCredential[]> {
  const asked = { acs_system_id: systemId, user_identity_id: identityId };
  return (await seam.find({ answer: z.array(acsCredential), send: (api) => api.acs.credentials.list(asked) })) ?? [];
}

export const credentialById = ({ seam, id }: { readonly seam: SeamCalls; readonly id: string }): Promise<AcsCredential | null> =>
  seam.find({ answer: acsCredential, send: (api) => api.acs.credentials.get({ acs_credential_id: id }) });

/** The doors that it opens, or will open once it is issued. */
export async function entrancesOfCredential({ seam, id }: { readonly seam: SeamCalls; readonly id: string }): Promise<readonly Entrance[]> {
  const asked = { acs_credential_id: id };
  return (await seam.find({ answer: z.array(entrance), send: (api) => api.acs.credentials.listAccessibleEntrances(asked) })) ?? [];
}

interface Owned {
  readonly seam: SeamCalls;
  readonly access: LowLevelAccess;
  readonly entranceIds: readonly string[];
  /** Of the guest. */
  readonly credentials: readonly AcsCredential[];
}

export async function ownCredentials({ seam, access, entranceIds, credentials }: Owned): Promise<readonly AcsCredential[]> {
  const { known, others, modes, asked } = access;
  const judged = await Promise.all(
    credentials.map(async (credential) => {
      const { acs_credential_id: id, access_method: mode } = credential;
      if (known.includes(id)) return [credential];
      if (others.includes(id) || !modes.includes(mode) || !startsAsAsked({ timed: credential, asked })) return [];
      const opens = (await entrancesOfCredential({ seam, id })).map((one) => one.acs_entrance_id);
      return opens.length === entranceIds.length && opens.every((door) => entranceIds.includes(door)) ? [credential] : [];
    }),
  );
  return judged.flat();
}

interface NewCredential {
  readonly seam: SeamCalls;
  readonly acs: AcsSettings;
  readonly access: LowLevelAccess;
  readonly entranceIds: readonly string[];
  readonly userId: string;
  readonly mode: Mode;
  /** Digits to ask for; null: Seam chooses. */
  readonly code: string | null;
  /** The guest has no other key in the system. */
  readonly isFirst: boolean;
}

export async function createCredential({
  seam,
  acs,
  access,
  entranceIds,
  userId,
  mode,
  code,
  isFirst,
}: NewCredential): Promise<AcsCredential> {
  const metadata = await metadataFor({ seam, acs, mode, isFirst });
  const manager = acs.credentialManagerSystemId;
  const mobile = {
    is_multi_phone_sync_credential: acs.multiPhoneSync,
    ...(manager === null ? {} : { credential_manager_acs_system_id: manager }),
  };
  const parameters = {
    acs_user_id: userId,
    access_method: mode,
    allowed_acs_entrance_ids: [...entranceIds],
    ...timesOf(access.asked),
    ...(mode === 'mobile_key' ? mobile : {}),
    ...metadata,
  };
  const create = (more: { readonly code?: string }): Promise<AcsCredential> =>
    seam.write({ answer: acsCredential, send: (api) => api.acs.credentials.create({ ...parameters, ...more }) });
  if (mode !== 'code' || code === null) return create({});
  try {
    return await create({ code });
  } catch (error) {
    // The system may have the digits already, or take none of that kind: then it chooses, and what it chose is read back.
    if (!isSeamFailure(error, 'SeamConflict') && !isSeamFailure(error, 'SeamRejected')) throw error;
    return create({});
  }
}
