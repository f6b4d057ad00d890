/** An access method: one way (code, card, mobile key, cloud key) in which a grant opens its doors. */
import { randomUUID } from 'node:crypto';
import { doorsForMode, doorsOfGrant } from './doors.ts';
import { notFound } from './errors.ts';
import { createInstantKey } from './instant-keys.ts';
import type { Grant, Method, Mode, RequestedMethod } from './records.ts';
import { born, iso, type Workspace } from './workspace.ts';

const NAMES: Readonly<Record<Mode, string>> = { code: 'PIN Code', card: 'Plastic Card', mobile_key: 'Mobile Key', cloud_key: 'Cloud Key' };
export const nameOfMode = (mode: Mode): string => NAMES[mode];

/** @throws SeamError 404 */
export function methodOf(workspace: Workspace, methodId: string): Method {
  const method = workspace.state.methods.get(methodId);
  if (method === undefined) throw notFound('access_method');
  return method;
}

export function methodsOf(workspace: Workspace, grant: Grant): readonly Method[] {
  return grant.requested.flatMap((requested) => requested.methodIds).flatMap((id) => workspace.state.methods.get(id) ?? []);
}

/** What the events of a method carry; its grant may be gone already. */
export function eventFields(workspace: Workspace, method: Method) {
  const key = workspace.state.grants.get(method.grantId)?.key ?? null;
  return { access_method_id: method.id, access_grant_ids: [method.grantId], ...(key === null ? {} : { access_grant_keys: [key] }) };
}

/** Makes the method for one requested mode, or null where no door of the grant can do it. */
export function createMethod(
  workspace: Workspace,
  { grant, requested }: { readonly grant: Grant; readonly requested: RequestedMethod },
): Method | null {
  const doors = doorsForMode(doorsOfGrant(workspace, grant), requested.mode);
  if (doors.entrances.length + doors.devices.length === 0) return null;
  const key = requested.mode === 'mobile_key' ? createInstantKey(workspace, grant) : null;
  const session = key === null ? undefined : workspace.state.sessions.get(key.sessionId);
  const method: Method = {
    seq: workspace.next(),
    id: randomUUID(),
    createdAt: Date.now(),
    grantId: grant.id,
    mode: requested.mode,
    entranceIds: doors.entrances.map((entrance) => entrance.acsEntranceId),
    deviceIds: doors.devices.map((device) => device.deviceId),
    wantedCode: requested.code,
    instantKeyId: key?.id ?? null,
    instantKeyUrl: key?.url ?? null,
    sessionToken: session?.token ?? null,
    code: null,
    isBackupCode: false,
    issuedAt: null,
    wasIssued: false,
    updatingTimes: false,
    readyForEncoding: false,
    delayed: false,
    failed: false,
    beingDeleted: false,
  };
  workspace.state.methods.set(method.id, method);
  requested.methodIds.push(method.id);
  workspace.emit('access_method.created', eventFields(workspace, method));
  return method;
}

function warningsOf(method: Method): readonly object[] {
  const warning = (warning_code: string, message: string) => ({ created_at: iso(method.createdAt), warning_code, message });
  return [
    ...(method.beingDeleted ? [warning('being_deleted', 'The access method is being deleted.')] : []),
    ...(method.updatingTimes ? [warning('updating_access_times', 'The access times are being updated.')] : []),
    ...(method.isBackupCode ? [warning('pulled_backup_access_code', 'A backup code is used in place of the first one.')] : []),
    ...(method.delayed ? [warning('delay_in_issuing', 'The access method is not issued yet and access begins soon.')] : []),
  ];
}

function statusOf(method: Method): string {
  if (method.beingDeleted) return 'Being deleted';
  return method.issuedAt === null ? 'Pending' : 'Issued';
}

function cardFields(workspace: Workspace, method: Method): object {
  const open = method.issuedAt === null;
  const byEncoding = workspace.settings.cardsBy === 'encoding';
  return {
    is_encoding_required: open && byEncoding,
    is_ready_for_encoding: open && byEncoding && method.readyForEncoding,
    is_assignment_required: open && !byEncoding,
    is_ready_for_assignment: open && !byEncoding && method.readyForEncoding,
  };
}

export function showMethod(workspace: Workspace, method: Method): object {
  const failure = {
    created_at: iso(method.createdAt),
    error_code: 'failed_to_issue',
    message: 'The access method was not issued before access began.',
  };
  return {
    ...born(workspace, method.createdAt),
    access_method_id: method.id,
    mode: method.mode,
    display_name: nameOfMode(method.mode),
    display_status: statusOf(method),
    is_issued: method.issuedAt !== null,
    issued_at: method.issuedAt === null ? null : iso(method.issuedAt),
    ...(method.mode === 'code' ? { code: method.code } : {}),
    ...(method.mode === 'card' ? cardFields(workspace, method) : {}),
    ...(method.instantKeyUrl === null ? {} : { instant_key_url: method.instantKeyUrl }),
    ...(method.sessionToken === null ? {} : { client_session_token: method.sessionToken }),
    pending_mutations: [],
    errors: method.failed ? [failure] : [],
    warnings: warningsOf(method),
  };
}
