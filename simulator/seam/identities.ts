/** /user_identities: the people of the workspace. Key, e-mail and phone are each unique. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { endIdentity } from './endings.ts';
import { duplicate, notFound } from './errors.ts';
import { createInstantKey, showInstantKey } from './instant-keys.ts';
import { page } from './page.ts';
import { id, list, nullable, pageParameters, text, time } from './parameters.ts';
import type { Identity } from './records.ts';
import { type Routes, route } from './route.ts';
import { born, type Workspace } from './workspace.ts';

export const identityFields = {
  user_identity_key: nullable(text).optional(),
  email_address: nullable(z.email()).optional(),
  phone_number: nullable(z.string().regex(/^\+[1-9]\d{6,14}$/, 'Expected an E.164 phone number')).optional(),
  full_name: nullable(text).optional(),
};
const fields = z.object(identityFields);
type Fields = z.infer<typeof fields>;

/** @throws SeamError 404 */
export function identityOf(workspace: Workspace, identityId: string): Identity {
  const identity = workspace.state.identities.get(identityId);
  if (identity === undefined) throw notFound('user_identity');
  return identity;
}

/** @throws SeamError 409 for a key, e-mail or phone that another identity has. */
function assertUnique(workspace: Workspace, given: Fields & { readonly except?: string }): void {
  for (const other of workspace.state.identities.values()) {
    if (other.id === given.except) continue;
    if (given.user_identity_key && other.key === given.user_identity_key) throw duplicate('user_identity_key');
    if (given.email_address && other.email === given.email_address) throw duplicate('email_address');
    if (given.phone_number && other.phone === given.phone_number) throw duplicate('phone_number');
  }
}

/** @throws SeamError 409 */
export function createIdentity(workspace: Workspace, given: Fields): Identity {
  assertUnique(workspace, given);
  const identity: Identity = {
    seq: workspace.next(),
    id: randomUUID(),
    createdAt: Date.now(),
    key: given.user_identity_key ?? null,
    email: given.email_address ?? null,
    phone: given.phone_number ?? null,
    fullName: given.full_name ?? null,
    beingDeleted: false,
  };
  workspace.state.identities.set(identity.id, identity);
  return identity;
}

export function showIdentity(workspace: Workspace, identity: Identity): object {
  const base = born(workspace, identity.createdAt);
  return {
    ...base,
    user_identity_id: identity.id,
    user_identity_key: identity.key,
    email_address: identity.email,
    phone_number: identity.phone,
    full_name: identity.fullName,
    display_name: identity.fullName ?? identity.email ?? identity.phone ?? identity.key ?? 'Unnamed',
    acs_user_ids: [...workspace.state.acsUsers.values()].filter((user) => user.identityId === identity.id).map((user) => user.id),
    merged_user_identity_ids: [],
    merged_user_identity_keys: [],
    errors: [],
    warnings: identity.beingDeleted
      ? [{ created_at: base.created_at, warning_code: 'being_deleted', message: 'The user identity is being deleted.' }]
      : [],
  };
}

function update(workspace: Workspace, given: Fields & { readonly user_identity_id: string }): void {
  const identity = identityOf(workspace, given.user_identity_id);
  assertUnique(workspace, { ...given, except: identity.id });
  if (given.user_identity_key !== undefined) identity.key = given.user_identity_key;
  if (given.email_address !== undefined) identity.email = given.email_address;
  if (given.phone_number !== undefined) identity.phone = given.phone_number;
  if (given.full_name !== undefined) identity.fullName = given.full_name;
}

const listParameters = z.object({
  ...pageParameters,
  user_identity_ids: list(id).optional(),
  search: text.optional(),
  created_before: time.optional(),
});

function matches(identity: Identity, query: z.infer<typeof listParameters>): boolean {
  if (query.user_identity_ids !== undefined && !query.user_identity_ids.includes(identity.id)) return false;
  if (query.created_before !== undefined && identity.createdAt >= query.created_before) return false;
  const { search } = query;
  return search === undefined || [identity.key, identity.email, identity.phone, identity.fullName].some((value) => value?.includes(search));
}

export function identityRoutes(workspace: Workspace): Routes {
  const { identities } = workspace.state;
  const find = (wanted: { readonly user_identity_id?: string | undefined; readonly user_identity_key?: string | undefined }): Identity => {
    if (wanted.user_identity_id !== undefined) return identityOf(workspace, wanted.user_identity_id);
    const identity = [...identities.values()].find((other) => other.key !== null && other.key === wanted.user_identity_key);
    if (identity === undefined) throw notFound('user_identity');
    return identity;
  };
  const byId = z.object({ user_identity_id: id });
  return {
    '/user_identities/create': route('POST', fields, (given) => ({
      user_identity: showIdentity(workspace, createIdentity(workspace, given)),
    })),
    '/user_identities/get': route('GET', z.object({ user_identity_id: id.optional(), user_identity_key: text.optional() }), (wanted) => ({
      user_identity: showIdentity(workspace, find(wanted)),
    })),
    '/user_identities/list': route('GET', listParameters, (query) => {
      const found = page(
        [...identities.values()].filter((identity) => matches(identity, query)),
        query,
      );
      return { user_identities: found.records.map((identity) => showIdentity(workspace, identity)), pagination: found.pagination };
    }),
    '/user_identities/update': route('PATCH', fields.extend({ user_identity_id: id }), (given) => {
      update(workspace, given);
      return {};
    }),
    '/user_identities/delete': route('DELETE', byId, ({ user_identity_id }) => {
      endIdentity(workspace, identityOf(workspace, user_identity_id));
      return {};
    }),
    '/user_identities/generate_instant_key': route(
      'POST',
      byId.extend({ max_use_count: z.number().int().min(1).default(1), customization_profile_id: id.optional() }),
      (wanted) => {
        const { id: identityId } = identityOf(workspace, wanted.user_identity_id);
        const key = createInstantKey(workspace, { identityId, profileId: wanted.customization_profile_id ?? null });
        return { instant_key: showInstantKey(workspace, key) };
      },
    ),
  };
}
