/** The keys of things that an event names by id, or of grants by a code of theirs: each begins with the workflow that made it. */
import { z } from 'zod';
import { connectToSeam, type SeamCalls, type SeamConnection } from '../activities/adapters/seam/calls.ts';
import { markedId } from '../workflows/domain/low-level.ts';
import type { Named } from './reservations/seam-subjects.ts';
import { DEADLINE_MS } from './reservations/temporal-calls.ts';

/** null where Seam knows no such thing, or nothing of ours stands on it. */
export type GrantKeyOf = (named: Named) => Promise<string | null>;

const text = z.string().nullish();
const grantWithKey = z.object({ access_grant_key: text });
const keyedGrants = z.array(grantWithKey.extend({ access_grant_id: z.string() }));
const ofPerson = z.object({ user_identity_id: text, acs_user_id: text });
const identityWithKey = z.object({ user_identity_key: text });
const codeWithName = z.object({ name: text });

/** Answers null also where Seam does not answer: the event is a hint, and what it hints at is read by and by without it. */
export function grantKeys(connection: SeamConnection): GrantKeyOf {
  const connect = connectToSeam(connection);
  return async (named) => {
    try {
      return await keyOf({ seam: connect(AbortSignal.timeout(DEADLINE_MS.probe)), named });
    } catch {
      return null;
    }
  };
}

async function keyOf({ seam, named: { kind, id } }: { readonly seam: SeamCalls; readonly named: Named }): Promise<string | null> {
  switch (kind) {
    case 'access_grant_id': {
      const grant = await seam.find({ answer: grantWithKey, send: (api) => api.accessGrants.get({ access_grant_id: id }) });
      return grant?.access_grant_key ?? null;
    }
    case 'access_code_id': {
      const code = await seam.find({ answer: codeWithName, send: (api) => api.accessCodes.get({ access_code_id: id }) });
      return code?.name ?? null;
    }
    case 'acs_user_id':
      return keyOfPerson({ seam, person: await findUser({ seam, id }) });
    case 'acs_credential_id':
      return keyOfPerson({
        seam,
        person: await seam.find({ answer: ofPerson, send: (api) => api.acs.credentials.get({ acs_credential_id: id }) }),
      });
  }
}

type Person = z.output<typeof ofPerson>;

const findUser = ({ seam, id }: { readonly seam: SeamCalls; readonly id: string }): Promise<Person | null> =>
  seam.find({ answer: ofPerson, send: (api) => api.acs.users.get({ acs_user_id: id }) });

/** Not every system shows the identity with the credential: then its user does. */
async function keyOfPerson({ seam, person }: { readonly seam: SeamCalls; readonly person: Person | null }): Promise<string | null> {
  const own = person?.user_identity_id ?? null;
  const userId = person?.acs_user_id ?? null;
  const user_identity_id = own ?? (userId === null ? null : ((await findUser({ seam, id: userId }))?.user_identity_id ?? null));
  if (user_identity_id === null) return null;
  const identity = await seam.find({ answer: identityWithKey, send: (api) => api.userIdentities.get({ user_identity_id }) });
  return identity?.user_identity_key ?? null;
}

export interface CodeHolder {
  /** The id of a grant; of a code that belongs to none, its own as `markedId` writes it. */
  readonly accessGrantId: string;
  readonly grantKey: string;
}

/** What an access code (`access_code_id`) belongs to; null where Seam does not answer. */
export function holdersOfCode(connection: SeamConnection): (accessCodeId: string) => Promise<readonly CodeHolder[] | null> {
  const connect = connectToSeam(connection);
  return async (accessCodeId) => {
    try {
      return await holders({ seam: connect(AbortSignal.timeout(DEADLINE_MS.probe)), accessCodeId });
    } catch {
      return null;
    }
  };
}

async function holders({ seam, accessCodeId: id }: { seam: SeamCalls; accessCodeId: string }): Promise<readonly CodeHolder[]> {
  const grants = await seam.find({ answer: keyedGrants, send: (api) => api.accessGrants.list({ access_code_id: id }) });
  if (grants === null || grants.length === 0) {
    const grantKey = await keyOf({ seam, named: { kind: 'access_code_id', id } });
    return grantKey === null ? [] : [{ accessGrantId: markedId({ provider: 'access_codes', id }), grantKey }];
  }
  return grants.flatMap(({ access_grant_id: accessGrantId, access_grant_key: grantKey }) =>
    grantKey ? [{ accessGrantId, grantKey }] : [],
  );
}
