/**
 * Takes an access of credentials back and proves it by reads that follow the last delete (rule 9). With the guest's last access the
 * guest's user goes, too, and with it whatever else it may have.
 */
import type { LowLevelAccess } from '../../../workflows/domain/low-level.ts';
import type { SeamCalls } from '../seam/calls.ts';
import { isSeamFailure } from '../seam/errors.ts';
import { identityId as findIdentity } from '../seam/identity.ts';
import { entrancesOf, namedSpaces } from '../seam/named-spaces.ts';
import { deleteUnlessGone } from '../seam/revocation.ts';
import { credentialById, credentialsOf, entrancesOfCredential, ownCredentials } from './credentials.ts';
import type { AcsCredential } from './schemas.ts';
import { type Person, usersOf } from './users.ts';

interface Revocation {
  readonly seam: SeamCalls;
  readonly systemId: string;
  readonly access: LowLevelAccess;
}

/** true when none of its credentials can be read any more, or opens anything; nor, with the last access, the user. */
export async function revokeCredentials({ seam, systemId, access }: Revocation): Promise<boolean> {
  const identityId = await findIdentity({ seam, userIdentityKey: access.userIdentityKey });
  const person = identityId === null ? null : { seam, systemId, identityId };
  const found = person === null ? { own: [], all: [] } : await idsOf({ person, access });
  const ids = [...new Set([...access.known, ...found.all])];
  const ours = new Set([...access.known, ...found.own].filter((id) => !access.lent?.includes(id)));
  const living = (await Promise.all(ids.map((id) => credentialById({ seam, id })))).filter((credential) => credential !== null);
  await Promise.all(living.map((credential) => takeAway({ seam, credential, isOurs: ours.has(credential.acs_credential_id) })));
  if (person !== null && access.isLast) await deleteUsers(person);
  const left = await Promise.all(ids.map((id) => isLeft({ seam, id })));
  return !left.includes(true) && (person === null || !access.isLast || (await isEmpty(person)));
}

interface Ids {
  /** As this access made them. */
  readonly own: readonly string[];
  /** That have to go. */
  readonly all: readonly string[];
}

async function idsOf({ person, access }: { readonly person: Person; readonly access: LowLevelAccess }): Promise<Ids> {
  const { seam } = person;
  const credentials = await credentialsOf(person);
  const entranceIds = entrancesOf({ doors: access.doors, spaces: await namedSpaces({ seam, doors: access.doors }) });
  const own = (await ownCredentials({ seam, access, entranceIds, credentials })).map((credential) => credential.acs_credential_id);
  return { own, all: access.isLast ? credentials.map((credential) => credential.acs_credential_id) : own };
}

interface Taking {
  readonly seam: SeamCalls;
  readonly credential: AcsCredential;
  readonly isOurs: boolean;
}

/** What others made, and what Seam does not delete (a card of a system that keeps its cards), is taken from the guest instead. */
async function takeAway({ seam, credential, isOurs }: Taking): Promise<void> {
  const { acs_credential_id, acs_user_id } = credential;
  // The revocation of the guest's other room, which goes side by side, may have deleted it meanwhile.
  const unassign = (userId: string): Promise<void> =>
    deleteUnlessGone({ seam, send: (api) => api.acs.credentials.unassign({ acs_credential_id, acs_user_id: userId }) });
  if (!isOurs) {
    if (acs_user_id) await unassign(acs_user_id);
    return;
  }
  try {
    await deleteUnlessGone({ seam, send: (api) => api.acs.credentials.delete({ acs_credential_id }) });
  } catch (error) {
    if (!isSeamFailure(error, 'SeamRejected') || !acs_user_id) throw error;
    await unassign(acs_user_id);
  }
}

async function deleteUsers(person: Person): Promise<void> {
  const { seam } = person;
  for (const { acs_user_id } of await usersOf(person))
    await deleteUnlessGone({ seam, send: (api) => api.acs.users.delete({ acs_user_id }) });
}

async function isLeft({ seam, id }: { readonly seam: SeamCalls; readonly id: string }): Promise<boolean> {
  const credential = await credentialById({ seam, id });
  if (credential === null) return false;
  return Boolean(credential.acs_user_id) || (await entrancesOfCredential({ seam, id })).length > 0;
}

async function isEmpty(person: Person): Promise<boolean> {
  const [users, credentials] = await Promise.all([usersOf(person), credentialsOf(person)]);
  return users.length === 0 && credentials.length === 0;
}
