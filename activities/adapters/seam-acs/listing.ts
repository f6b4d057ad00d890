/** The credentials and users of access systems whose identities bear a key: one page is one system. */
import { leftBehind, markedId } from '../../../workflows/domain/low-level.ts';
import { type AcsSettings, NO_DOORS } from '../../../workflows/domain/property.ts';
import type { ListedGrant } from '../../../workflows/domain/sweep-plan.ts';
import type { GrantListPort } from '../../upkeep-ports.ts';
import { connectToSeam, type SeamCalls, type SeamConnection } from '../seam/calls.ts';
import { credentialById, entrancesOfCredential } from './credentials.ts';
import { credentialsIn, type HeldCredential, type HoldingUser, keysOf, usersIn } from './holders.ts';
import { warns } from './schemas.ts';

interface Systems extends SeamConnection {
  readonly systems: readonly AcsSettings[];
}

export function createCredentialList({ systems, ...connection }: Systems): GrantListPort {
  const connect = connectToSeam(connection);
  return {
    async page({ cursor }, signal) {
      const at = Number(cursor ?? 0);
      const acs = systems[at];
      const grants = acs === undefined ? [] : await listedIn({ seam: connect(signal), acs });
      return { grants, next: at + 1 < systems.length ? String(at + 1) : null };
    },
    async listed(credentialIds, signal) {
      const seam = connect(signal);
      const found = await Promise.all(systems.map(({ systemId }) => credentialsIn({ seam, systemId })));
      const listed = new Set(found.flat().map((one) => one.acs_credential_id));
      // Another system may have been configured since: only what cannot be read by its id either has vanished.
      for (const id of credentialIds) if (!listed.has(id) && (await credentialById({ seam, id })) !== null) listed.add(id);
      return listed;
    },
    async doors(credentialId, signal) {
      const entrances = await entrancesOfCredential({ seam: connect(signal), id: credentialId });
      return { ...NO_DOORS, entrances: entrances.map((one) => one.acs_entrance_id) };
    },
  };
}

interface Held {
  readonly acs: AcsSettings;
  readonly key: string;
}

/** A user is listed where no credential of the same person stands for it: access groups may open doors to it. */
async function listedIn({ seam, acs }: { readonly seam: SeamCalls; readonly acs: AcsSettings }): Promise<readonly ListedGrant[]> {
  const { systemId } = acs;
  const [users, credentials] = await Promise.all([usersIn({ seam, systemId }), credentialsIn({ seam, systemId })]);
  const identities = new Map(users.map((user) => [user.acs_user_id, user.user_identity_id]));
  // Not every system shows the identity with the credential: then its user does.
  const personOf = (one: HeldCredential): string => one.user_identity_id ?? identities.get(one.acs_user_id ?? '') ?? '';
  const withCredential = new Set(credentials.map(personOf));
  const keys = await keysOf({
    seam,
    identityIds: [...withCredential, ...users.map((user) => user.user_identity_id ?? '')].filter(Boolean),
  });
  const keyed = <One>(one: One, identityId: string, listed: (one: One, held: Held) => ListedGrant): readonly ListedGrant[] => {
    const key = keys.get(identityId);
    return key === undefined ? [] : [listed(one, { acs, key })];
  };
  const bare = users.filter((user) => !withCredential.has(user.user_identity_id ?? ''));
  return [
    ...credentials.flatMap((one) => keyed(one, personOf(one), listedCredential)),
    ...bare.flatMap((user) => keyed(user, user.user_identity_id ?? '', listedUser)),
  ];
}

/** A card may be one of the house: it is taken from its user, and not deleted. */
function listedCredential(credential: HeldCredential, { acs, key }: Held): ListedGrant {
  const { acs_credential_id: id, access_method, ends_at } = credential;
  const lent = access_method === 'card' ? { lent: [id] } : {};
  return {
    accessGrantId: markedId({ provider: 'acs', id }),
    grantKey: key,
    endsAt: ends_at ?? null,
    accessMethodIds: [id],
    isBeingDeleted: warns(credential, 'being_deleted'),
    lowLevel: leftBehind({ by: { provider: 'acs', acs }, userIdentityKey: key, known: [id], ...lent, isLast: false }),
  };
}

const listedUser = (user: HoldingUser, { acs, key }: Held): ListedGrant => ({
  accessGrantId: markedId({ provider: 'acs', id: user.acs_user_id }),
  grantKey: key,
  endsAt: user.access_schedule?.ends_at ?? null,
  accessMethodIds: [],
  isBeingDeleted: warns(user, 'being_deleted'),
  lowLevel: leftBehind({ by: { provider: 'acs', acs }, userIdentityKey: key, known: [], isLast: true }),
});
