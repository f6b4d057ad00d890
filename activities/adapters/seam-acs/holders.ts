/** Whose the credentials of an access system are, by the keys of their identities: nothing else of a credential bears a name of ours. */
import { z } from 'zod';
import { markedId } from '../../../workflows/domain/low-level.ts';
import type { DoorPlace, GrantAtDoor } from '../../upkeep-ports.ts';
import type { SeamCalls } from '../seam/calls.ts';
import { isSeamFailure } from '../seam/errors.ts';
import { spaceById } from '../seam/named-spaces.ts';
import { acsCredential, acsUser } from './schemas.ts';

/** In one question. */
const IDS = 100;

const identified = { user_identity_id: z.string().nullish() };
const users = z.array(acsUser.extend(identified));
const credentials = z.array(acsCredential.extend(identified));
const identities = z.array(z.object({ user_identity_id: z.string(), user_identity_key: z.string().nullish() }));

export type HeldCredential = z.output<typeof credentials>[number];
export type HoldingUser = z.output<typeof users>[number];

interface InSystem {
  readonly seam: SeamCalls;
  readonly systemId: string;
}

/** None where Seam does not know the system. */
export const usersIn = ({ seam, systemId: acs_system_id }: InSystem): Promise<readonly HoldingUser[]> =>
  unlessUnknown(seam.read({ answer: users, send: (api) => api.createPaginator(api.acs.users.list({ acs_system_id })).flattenToArray() }));

export const credentialsIn = ({ seam, systemId: acs_system_id }: InSystem): Promise<readonly HeldCredential[]> =>
  unlessUnknown(
    seam.read({ answer: credentials, send: (api) => api.createPaginator(api.acs.credentials.list({ acs_system_id })).flattenToArray() }),
  );

async function unlessUnknown<Found>(found: Promise<readonly Found[]>): Promise<readonly Found[]> {
  try {
    return await found;
  } catch (error) {
    if (isSeamFailure(error, 'SeamNotFound') || isSeamFailure(error, 'SeamRejected')) return [];
    throw error;
  }
}

/** By identity; those without a key are strangers'. */
export async function keysOf({ seam, identityIds }: { readonly seam: SeamCalls; readonly identityIds: readonly string[] }) {
  const ids = [...new Set(identityIds)];
  const chunks = Array.from({ length: Math.ceil(ids.length / IDS) }, (_, i) => ids.slice(i * IDS, (i + 1) * IDS));
  const keys = new Map<string, string>();
  for (const chunk of chunks) {
    const found = await seam.read({ answer: identities, send: (api) => api.userIdentities.list({ user_identity_ids: chunk }) });
    for (const { user_identity_id, user_identity_key: key } of found) if (key) keys.set(user_identity_id, key);
  }
  return keys;
}

/** The credentials that open an entrance, those of a system, or of the entrances of a space; none at a plain device. */
export async function credentialsAt({
  seam,
  place,
}: {
  readonly seam: SeamCalls;
  readonly place: DoorPlace;
}): Promise<readonly GrantAtDoor[]> {
  const found = 'acs_system_id' in place ? await credentialsIn({ seam, systemId: place.acs_system_id }) : await opening({ seam, place });
  const keys = await keysOf({ seam, identityIds: found.flatMap((one) => one.user_identity_id ?? []) });
  return found.flatMap(({ acs_credential_id: id, user_identity_id, starts_at, ends_at }) => {
    const grantKey = keys.get(user_identity_id ?? '');
    if (grantKey === undefined) return [];
    return [{ accessGrantId: markedId({ provider: 'acs', id }), grantKey, startsAt: starts_at ?? 0, endsAt: ends_at ?? null }];
  });
}

async function opening({ seam, place }: { readonly seam: SeamCalls; readonly place: DoorPlace }): Promise<readonly HeldCredential[]> {
  const doors = await entrancesAt({ seam, place });
  const found = await Promise.all(
    doors.map((acs_entrance_id) =>
      unlessUnknown(seam.read({ answer: credentials, send: (api) => api.acs.entrances.listCredentialsWithAccess({ acs_entrance_id }) })),
    ),
  );
  return [...new Map(found.flat().map((one) => [one.acs_credential_id, one])).values()];
}

async function entrancesAt({ seam, place }: { readonly seam: SeamCalls; readonly place: DoorPlace }): Promise<readonly string[]> {
  if ('acs_entrance_id' in place) return [place.acs_entrance_id];
  if (!('space_id' in place)) return [];
  const space = await spaceById({ seam, id: place.space_id });
  return space?.doors.acs_entrances.map(({ acs_entrance_id }) => acs_entrance_id) ?? [];
}
