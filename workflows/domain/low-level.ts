/**
 * Access that one of Seam's low-level APIs makes, in place of Access Grants: credentials of an access system, or codes of single locks.
 * They bear less of our names than a grant does, so what is known of an access goes along with every question about it.
 */
import { type Access, methodIdsOf, type Window } from './access.ts';
import { type DoorSet, type LowLevel, type Mode, NO_DOORS, type Provision } from './property.ts';

/** What has to be known to find, or make, the credentials or codes of one access. */
export interface LowLevelAccess {
  readonly by: LowLevel;
  readonly userIdentityKey: string;
  readonly doors: DoorSet;
  readonly modes: readonly Mode[];
  /** The times that Seam was last asked for. */
  readonly asked: Window;
  /** Ids of its credentials or codes, as the last read showed them. */
  readonly known: readonly string[];
  /** Of these, cards of the house that were assigned to the guest: taken from the guest at the end, and not deleted. */
  readonly lent?: readonly string[];
  /** Those of the guest's other accesses that live: not to be taken for its own. */
  readonly others: readonly string[];
  /** From the first start to the last end of all that the guest has and is to have: the person's own times in an access system. */
  readonly span: Window;
  /** The guest keeps no other access by this provider: with it, everything of the guest there ends. */
  readonly isLast: boolean;
}

/** null for Access Grants. */
export function lowLevelOf({ provider, acs }: Provision): LowLevel | null {
  if (provider === 'access_codes') return { provider };
  return provider === 'acs' && acs !== null ? { provider, acs } : null;
}

/** The start of a credential can't be changed (Seam API: `/acs/credentials/update`), so another start needs another credential. */
export const isMovable = ({ access, to }: { readonly access: Access; readonly to: Window }): boolean =>
  access.lowLevel?.provider !== 'acs' || access.asked.startsAt === to.startsAt;

/**
 * What nobody looks after any more, as far as its end takes it: these credentials or codes and no others, and with `isLast` everything
 * that the person has in the system.
 */
export function leftBehind(left: Pick<LowLevelAccess, 'by' | 'userIdentityKey' | 'known' | 'lent' | 'isLast'>): LowLevelAccess {
  const never: Window = { startsAt: 0, endsAt: 0 };
  return { ...left, doors: NO_DOORS, modes: [], asked: never, others: [], span: never };
}

/** A credential or code among the ids of grants. */
export const markedId = ({ provider, id }: { readonly provider: LowLevel['provider']; readonly id: string }): string => `${provider}:${id}`;

export const isGrantId = (handle: string): boolean => !handle.includes(':');

/** By what an access is found from outside. */
export function handlesOf(access: Access): readonly string[] {
  const { lowLevel, accessGrantId } = access;
  if (lowLevel !== undefined) return methodIdsOf(access).map((id) => markedId({ provider: lowLevel.provider, id }));
  return accessGrantId === null ? [] : [accessGrantId];
}
