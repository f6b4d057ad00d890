/** Makes the user and the credentials of one access, one credential per mode, however often it is tried; and moves their end. */
import { z } from 'zod';
import type { LowLevelAccess } from '../../../workflows/domain/low-level.ts';
import type { AcsSettings } from '../../../workflows/domain/property.ts';
import type { CodeChoice, CodeRules } from '../../code-choice.ts';
import { failure } from '../../failures.ts';
import type { GrantRequest } from '../../ports.ts';
import { timesOf } from '../seam/asked-times.ts';
import type { SeamCalls } from '../seam/calls.ts';
import { impossibleIn, modesOfDoors } from '../seam/door-modes.ts';
import { isSeamFailure } from '../seam/errors.ts';
import { identityIdFor } from '../seam/granting.ts';
import { identityId as findIdentity } from '../seam/identity.ts';
import { entrancesOf, type NamedSpace, namedSpaces } from '../seam/named-spaces.ts';
import { readRequestedDoors } from '../seam/requested-doors.ts';
import { createCredential, credentialById, credentialsOf, ownCredentials } from './credentials.ts';
import { type AcsCredential, warns } from './schemas.ts';
import { findOrCreateUser, keepSchedule, userOf } from './users.ts';

/** Access systems say nothing of the codes that they take. */
const NO_RULES: CodeRules = { lengths: null, allows: () => true };

interface Granting {
  readonly seam: SeamCalls;
  readonly acs: AcsSettings;
  readonly access: LowLevelAccess;
  readonly request: GrantRequest;
  readonly codes: CodeChoice;
}

interface Made {
  readonly credentials: readonly AcsCredential[];
  readonly spaces: readonly NamedSpace[];
}

/** @throws SeamRejected where the unit has no entrance: a credential without doors would open all that its user's groups open */
export async function findOrCreateCredentials({ seam, acs, access, request, codes }: Granting): Promise<Made> {
  const spaces = await namedSpaces({ seam, doors: access.doors });
  const entranceIds = entrancesOf({ doors: access.doors, spaces });
  if (entranceIds.length === 0) throw failure({ type: 'SeamRejected', code: 'unit_has_no_entrance' });
  await assertPossible({ seam, access });
  const code = request.codeWish === undefined ? null : codes.choose({ wish: request.codeWish, rules: NO_RULES });
  const identityId = await identityIdFor({ seam, request });
  const person = { seam, systemId: acs.systemId, identityId };
  const { acs_user_id: userId } = await findOrCreateUser({ ...person, fullName: request.fullName, acs, span: access.span });
  const present = (await credentialsOf(person)).filter((credential) => !warns(credential, 'being_deleted'));
  const own = await ownCredentials({ seam, access, entranceIds, credentials: present });
  const credentials: AcsCredential[] = [];
  // One after the other: a system that joins keys to those that are there has to know the first before the second.
  for (const mode of access.modes) {
    const found = own.find((credential) => credential.access_method === mode);
    const isFirst = present.length === 0 && credentials.length === 0;
    credentials.push(found ?? (await createCredential({ seam, acs, access, entranceIds, userId, mode, code, isFirst })));
  }
  return { credentials, spaces };
}

/** @throws ModeImpossible before anything is made, with the doors that nothing of what is asked for opens */
async function assertPossible({ seam, access }: Pick<Granting, 'seam' | 'access'>): Promise<void> {
  const { acs_entrances, devices } = await readRequestedDoors({ seam, doors: access.doors });
  const can = Object.fromEntries(access.modes.map((mode) => [mode, false]));
  const elsewhere = devices.map(({ device_id: id, display_name }) => ({ id, name: display_name ?? id, can }));
  const impossible = impossibleIn({ doors: [...modesOfDoors({ acs_entrances, devices: [] }), ...elsewhere], modes: access.modes });
  if (impossible !== null) throw failure({ type: 'ModeImpossible', ...impossible });
}

/** Those that earlier reads showed. */
export async function knownCredentials({ seam, access }: Pick<Granting, 'seam' | 'access'>): Promise<readonly AcsCredential[]> {
  const found = await Promise.all(access.known.map((id) => credentialById({ seam, id })));
  return found.filter((credential) => credential !== null);
}

/** Their ends, for a start cannot be moved; and the times of their user. What vanished meanwhile is for the next read to say. */
export async function moveEnds({ seam, acs, access }: Pick<Granting, 'seam' | 'acs' | 'access'>): Promise<void> {
  const identityId = await findIdentity({ seam, userIdentityKey: access.userIdentityKey });
  const user = identityId === null ? null : await userOf({ seam, systemId: acs.systemId, identityId });
  if (user !== null) await keepSchedule({ seam, user, span: access.span });
  const { ends_at } = timesOf(access.asked);
  for (const { acs_credential_id, ends_at: shown } of await knownCredentials({ seam, access })) {
    // A shorter stay counts to the second: the end is never left later than it was asked for.
    if (shown === access.asked.endsAt) continue;
    try {
      await seam.write({ answer: z.unknown(), send: (api) => api.acs.credentials.update({ acs_credential_id, ends_at }) });
    } catch (error) {
      if (!isSeamFailure(error, 'SeamNotFound')) throw error;
    }
  }
}
