/** Users of access systems. An identity has at most one in each system. */
import { randomUUID } from 'node:crypto';
import { dropCredential } from './acs-credentials.ts';
import { duplicate, invalid, notFound } from './errors.ts';
import type { AcsUser } from './low-level-records.ts';
import { born, iso, type Workspace } from './workspace.ts';

export interface NewUser {
  readonly systemId: string;
  readonly identityId: string | null;
  readonly groupIds: readonly string[];
  readonly fullName: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly schedule: AcsUser['schedule'];
}

/** @throws SeamError 404 for an unknown system or identity, 409 where the identity has a user there */
export function createUser(workspace: Workspace, given: NewUser): AcsUser {
  const { acsUsers } = workspace.state;
  if (!workspace.estate.systems.some((system) => system.acsSystemId === given.systemId)) throw notFound('acs_system');
  if (given.identityId !== null && !workspace.state.identities.has(given.identityId)) throw notFound('user_identity');
  const isTaken = [...acsUsers.values()].some(
    (other) => given.identityId !== null && other.identityId === given.identityId && other.systemId === given.systemId,
  );
  if (isTaken) throw duplicate('acs_user');
  const user: AcsUser = {
    ...given,
    seq: workspace.next(),
    id: randomUUID(),
    createdAt: Date.now(),
    groupIds: [...given.groupIds],
    beingDeleted: false,
  };
  acsUsers.set(user.id, user);
  workspace.emit('acs_user.created', eventFields(workspace, user));
  return user;
}

export interface UserName {
  readonly acs_user_id?: string | undefined;
  readonly user_identity_id?: string | undefined;
  readonly acs_system_id?: string | undefined;
}

/** By its id, or by identity and system. @throws SeamError 400, 404 */
export function userOf(workspace: Workspace, { acs_user_id, user_identity_id, acs_system_id }: UserName): AcsUser {
  if (acs_user_id === undefined && user_identity_id === undefined)
    throw invalid('acs_user_id', 'Either it or user_identity_id is required');
  const user = [...workspace.state.acsUsers.values()].find((other) =>
    acs_user_id === undefined
      ? other.identityId === user_identity_id && (acs_system_id === undefined || other.systemId === acs_system_id)
      : other.id === acs_user_id,
  );
  if (user === undefined) throw notFound('acs_user');
  return user;
}

export function showUser(workspace: Workspace, user: AcsUser): object {
  const { created_at, ...base } = born(workspace, user.createdAt);
  const { schedule } = user;
  return {
    ...base,
    created_at,
    acs_user_id: user.id,
    acs_system_id: user.systemId,
    connected_account_id: workspace.state.connectedAccountId,
    ...(user.identityId === null ? {} : { user_identity_id: user.identityId }),
    ...(user.email === null ? {} : { email_address: user.email }),
    ...(user.phone === null ? {} : { phone_number: user.phone }),
    ...(schedule === null
      ? {}
      : { access_schedule: { starts_at: iso(schedule.startsAt), ends_at: schedule.endsAt === null ? null : iso(schedule.endsAt) } }),
    full_name: user.fullName,
    display_name: user.fullName,
    is_managed: true,
    is_suspended: false,
    last_successful_sync_at: created_at,
    pending_mutations: [],
    errors: [],
    warnings: user.beingDeleted ? [{ created_at, warning_code: 'being_deleted', message: 'The user is being deleted.' }] : [],
  };
}

const eventFields = (workspace: Workspace, user: AcsUser): object => ({
  acs_user_id: user.id,
  acs_system_id: user.systemId,
  connected_account_id: workspace.state.connectedAccountId,
});

export function endUser(workspace: Workspace, user: AcsUser): void {
  const { deletesDoNotTake, deleteDelayMs } = workspace.settings;
  if (deletesDoNotTake) return;
  user.beingDeleted = true;
  if (deleteDelayMs === 0) dropUser(workspace, user);
  else workspace.schedule({ at: Date.now() + deleteDelayMs, kind: 'delete_acs_user', id: user.id });
}

/** With its credentials. */
export function dropUser(workspace: Workspace, user: AcsUser): void {
  for (const credential of workspace.state.acsCredentials.values())
    if (credential.userId === user.id) dropCredential(workspace, credential);
  workspace.state.acsUsers.delete(user.id);
  workspace.emit('acs_user.deleted', eventFields(workspace, user));
}
