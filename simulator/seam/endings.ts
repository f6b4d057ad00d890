/** How access ends: a grant, a method or a person deleted, or the end of the stay. Deletes answer at once and may take a while. */
import { dropUser } from './acs-users.ts';
import { eventFields, methodsOf } from './methods.ts';
import type { Grant, Identity, Method } from './records.ts';
import type { Workspace } from './workspace.ts';

export function endGrant(workspace: Workspace, grant: Grant): void {
  grant.beingDeleted = true;
  if (!workspace.settings.deletesDoNotTake) for (const method of methodsOf(workspace, grant)) method.beingDeleted = true;
  const { deleteDelayMs } = workspace.settings;
  if (deleteDelayMs === 0) dropGrant(workspace, grant);
  else workspace.schedule({ at: Date.now() + deleteDelayMs, kind: 'delete_grant', id: grant.id });
}

export function endMethod(workspace: Workspace, method: Method): void {
  const { deletesDoNotTake, deleteDelayMs } = workspace.settings;
  if (deletesDoNotTake) return;
  method.beingDeleted = true;
  if (deleteDelayMs === 0) dropMethod(workspace, method);
  else workspace.schedule({ at: Date.now() + deleteDelayMs, kind: 'delete_method', id: method.id });
}

/** Takes the person's grants, keys and sessions along. */
export function endIdentity(workspace: Workspace, identity: Identity): void {
  identity.beingDeleted = true;
  const { deleteDelayMs } = workspace.settings;
  for (const grant of workspace.state.grants.values()) if (grant.identityId === identity.id) endGrant(workspace, grant);
  if (deleteDelayMs === 0) dropIdentity(workspace, identity);
  else workspace.schedule({ at: Date.now() + deleteDelayMs, kind: 'delete_identity', id: identity.id });
}

export function dropGrant(workspace: Workspace, grant: Grant): void {
  const methods = methodsOf(workspace, grant);
  for (const method of methods) if (!workspace.settings.deletesDoNotTake) dropMethod(workspace, method);
  workspace.state.grants.delete(grant.id);
  workspace.emit('access_grant.deleted', { access_grant_id: grant.id });
}

export function dropMethod(workspace: Workspace, method: Method): void {
  const { methods, instantKeys, sessions } = workspace.state;
  methods.delete(method.id);
  if (method.instantKeyId !== null) {
    const key = instantKeys.get(method.instantKeyId);
    if (key !== undefined) sessions.delete(key.sessionId);
    instantKeys.delete(method.instantKeyId);
  }
  workspace.emit('access_method.deleted', eventFields(workspace, method));
}

export function dropIdentity(workspace: Workspace, identity: Identity): void {
  const { identities, instantKeys, sessions } = workspace.state;
  identities.delete(identity.id);
  for (const key of instantKeys.values()) if (key.identityId === identity.id) instantKeys.delete(key.id);
  for (const session of sessions.values()) if (session.identityId === identity.id) sessions.delete(session.id);
  for (const user of workspace.state.acsUsers.values()) if (user.identityId === identity.id) dropUser(workspace, user);
}

/** At the end of the stay the credentials go; the grant itself stays listed until somebody deletes it. */
export function expire(workspace: Workspace, grant: Grant): void {
  if (grant.endsAt === null || grant.endsAt > Date.now() || workspace.settings.deletesDoNotTake) return;
  for (const method of methodsOf(workspace, grant)) {
    if (method.issuedAt !== null) workspace.emit('access_method.revoked', eventFields(workspace, method));
    dropMethod(workspace, method);
  }
}
