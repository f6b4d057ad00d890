/**
 * A card that the access system knows already, given to a guest by its number in place of the credential that waits for one. It stays the
 * house's: at the end it is taken from the guest, and not deleted.
 */
import { z } from 'zod';
import type { Attempt, Deed } from '../../../workflows/domain/errand.ts';
import type { LowLevelAccess } from '../../../workflows/domain/low-level.ts';
import { isNear, timesOf } from '../seam/asked-times.ts';
import type { SeamCalls } from '../seam/calls.ts';
import { isSeamFailure } from '../seam/errors.ts';
import { identityId as findIdentity } from '../seam/identity.ts';
import { entrancesOf, namedSpaces } from '../seam/named-spaces.ts';
import { deleteUnlessGone } from '../seam/revocation.ts';
import { credentialById, entrancesOfCredential } from './credentials.ts';
import { type AcsCredential, acsCredential } from './schemas.ts';
import { userOf } from './users.ts';

const numbered = z.array(acsCredential.extend({ card_number: z.string().nullish() }));

interface Assignment {
  readonly seam: SeamCalls;
  readonly access: LowLevelAccess;
  readonly systemId: string;
  readonly deed: Extract<Deed, { kind: 'assign' }>;
}

const failed = (code: string): Attempt => ({ actionAttemptId: null, state: 'failed', code });

/** Asked again for a card that the guest has by now, it goes on from there. */
export async function assignExisting({ seam, access, systemId, deed }: Assignment): Promise<Attempt> {
  const identityId = await findIdentity({ seam, userIdentityKey: access.userIdentityKey });
  const user = identityId === null ? null : await userOf({ seam, systemId, identityId });
  if (user === null) return failed('credential_deleted');
  const { acs_user_id } = user;
  const cards = await cardsOf({ seam, systemId, cardNumber: deed.cardNumber });
  const card = cards.find((one) => one.acs_user_id === acs_user_id) ?? cards.find((one) => !one.acs_user_id);
  if (card === undefined) return failed(cards.length === 0 ? 'credential_not_found' : 'card_in_use');
  if ((card.starts_at ?? 0) > access.asked.startsAt) return failed('card_starts_later');
  const { acs_credential_id } = card;
  if (!card.acs_user_id)
    await seam.write({ answer: z.unknown(), send: (api) => api.acs.credentials.assign({ acs_credential_id, acs_user_id }) });
  const unfit = await unfitness({ seam, access, card });
  if (unfit !== null) {
    await seam.write({ answer: z.unknown(), send: (api) => api.acs.credentials.unassign({ acs_credential_id, acs_user_id }) });
    return failed(unfit);
  }
  if (deed.accessMethodId !== acs_credential_id)
    await deleteUnlessGone({ seam, send: (api) => api.acs.credentials.delete({ acs_credential_id: deed.accessMethodId }) });
  const now = await credentialById({ seam, id: acs_credential_id });
  if (now?.acs_user_id !== acs_user_id || !isNear(now.ends_at, access.asked.endsAt)) return failed('card_not_assigned');
  return { actionAttemptId: acs_credential_id, state: 'confirmed', code: null, lent: acs_credential_id };
}

async function cardsOf({ seam, systemId, cardNumber }: Pick<Assignment, 'seam' | 'systemId'> & { readonly cardNumber: string }) {
  const asked = { acs_system_id: systemId, search: cardNumber };
  const found = await seam.find({ answer: numbered, send: (api) => api.acs.credentials.list(asked) });
  return (found ?? []).filter(({ access_method, card_number }) => access_method === 'card' && card_number === cardNumber);
}

/** Its doors can be looked at only once it is somebody's, and cannot be changed; its end is moved to that of the stay. */
async function unfitness({
  seam,
  access,
  card,
}: Pick<Assignment, 'seam' | 'access'> & { readonly card: AcsCredential }): Promise<string | null> {
  const { acs_credential_id, ends_at: shown } = card;
  const opens = (await entrancesOfCredential({ seam, id: acs_credential_id })).map((one) => one.acs_entrance_id);
  const wanted = entrancesOf({ doors: access.doors, spaces: await namedSpaces({ seam, doors: access.doors }) });
  if (opens.length !== wanted.length || !opens.every((id) => wanted.includes(id))) return 'card_opens_other_doors';
  if (isNear(shown, access.asked.endsAt)) return null;
  const { ends_at } = timesOf(access.asked);
  try {
    await seam.write({ answer: z.unknown(), send: (api) => api.acs.credentials.update({ acs_credential_id, ends_at }) });
    return null;
  } catch (error) {
    if (!isSeamFailure(error, 'SeamRejected')) throw error;
    return 'card_end_not_set';
  }
}
