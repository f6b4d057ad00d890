/** Codes of single locks: set on the lock after a while, held back while it is offline, and replaced from its pool where it fails. */
import { randomInt, randomUUID } from 'node:crypto';
import { isOffline } from './doors.ts';
import { duplicate, notFound } from './errors.ts';
import type { AccessCode } from './low-level-records.ts';
import { born, iso, type Workspace } from './workspace.ts';

export type NewCode = Pick<AccessCode, 'deviceId' | 'commonKey' | 'isBackup' | 'usesPool' | 'name' | 'startsAt' | 'endsAt'> & {
  /** null: the code of the same common key, or any. */
  readonly code: string | null;
};

const isOnLock = (workspace: Workspace, { deviceId, code }: Pick<AccessCode, 'deviceId' | 'code'>): boolean =>
  [...workspace.state.accessCodes.values()].some((other) => other.deviceId === deviceId && other.code === code);

function freshCode(workspace: Workspace, deviceId: string): string {
  for (;;) {
    const code = String(randomInt(1_000_000)).padStart(6, '0');
    if (!isOnLock(workspace, { deviceId, code })) return code;
  }
}

/** @throws SeamError 409 where the lock has the code already */
export function createAccessCode(workspace: Workspace, given: NewCode): AccessCode {
  const { accessCodes } = workspace.state;
  const shared = [...accessCodes.values()].find((other) => given.commonKey !== null && other.commonKey === given.commonKey)?.code;
  const code = given.code ?? shared ?? freshCode(workspace, given.deviceId);
  if (isOnLock(workspace, { deviceId: given.deviceId, code })) throw duplicate('access_code');
  const record: AccessCode = {
    ...given,
    code,
    seq: workspace.next(),
    id: randomUUID(),
    createdAt: Date.now(),
    status: given.isBackup ? 'set' : 'setting',
    pending: given.isBackup ? null : 'creating',
    failed: false,
    backupId: null,
  };
  accessCodes.set(record.id, record);
  workspace.emit('access_code.created', codeEvent(workspace, record));
  programLater(workspace, record);
  return record;
}

export function programLater(workspace: Workspace, code: AccessCode): void {
  workspace.schedule({ at: Date.now() + workspace.settings.issuanceDelayMs, kind: 'set_access_code', id: code.id });
}

/** @throws SeamError 404 */
export function accessCodeOf(workspace: Workspace, codeId: string): AccessCode {
  const code = workspace.state.accessCodes.get(codeId);
  if (code === undefined) throw notFound('access_code');
  return code;
}

const codeEvent = (workspace: Workspace, code: AccessCode): object => ({
  access_code_id: code.id,
  device_id: code.deviceId,
  connected_account_id: workspace.state.connectedAccountId,
});

export function showAccessCode(workspace: Workspace, code: AccessCode): object {
  const base = born(workspace, code.createdAt);
  const { created_at } = base;
  const failure = { error_code: 'failed_to_set_on_device', is_access_code_error: true, message: 'The lock did not take the code.' };
  return {
    ...base,
    access_code_id: code.id,
    device_id: code.deviceId,
    common_code_key: code.commonKey,
    name: code.name,
    code: code.code,
    type: code.endsAt === null ? 'ongoing' : 'time_bound',
    ...(code.endsAt === null ? {} : { starts_at: code.startsAt === null ? null : iso(code.startsAt), ends_at: iso(code.endsAt) }),
    status: code.status,
    is_managed: true,
    is_backup: code.isBackup,
    is_backup_access_code_available: code.usesPool && code.backupId === null,
    pulled_backup_access_code_id: code.backupId,
    is_external_modification_allowed: false,
    is_offline_access_code: false,
    is_one_time_use: false,
    is_scheduled_on_device: false,
    is_waiting_for_code_assignment: false,
    pending_mutations: code.pending === null ? [] : [pendingMutation(code, created_at)],
    errors: code.failed ? [{ created_at, ...failure }] : [],
    warnings: code.status === 'removing' ? [{ created_at, warning_code: 'being_deleted', message: 'The code is being deleted.' }] : [],
  };
}

function pendingMutation({ pending, startsAt, endsAt, code }: AccessCode, created_at: string): object {
  const times = { starts_at: startsAt === null ? null : iso(startsAt), ends_at: endsAt === null ? null : iso(endsAt) };
  const change = pending === 'updating_time_frame' ? times : { code };
  const base = { created_at, mutation_code: pending, message: 'The lock is being told.' };
  return pending === 'creating' ? base : { ...base, from: change, to: change };
}

/** The lock takes the code, or its change, now; unless it is offline, held back, or refuses. */
export function setAccessCode(workspace: Workspace, code: AccessCode): void {
  const { holdIssuance, locksFail } = workspace.settings;
  if (code.pending === null || code.status === 'removing' || holdIssuance || isOffline(workspace, code.deviceId)) return;
  const event = codeEvent(workspace, code);
  code.failed = locksFail;
  if (locksFail) {
    const none = { connected_account_errors: [], connected_account_warnings: [], device_errors: [], device_warnings: [] };
    const failure = { ...event, ...none, access_code_errors: [], access_code_warnings: [] };
    workspace.emit('access_code.failed_to_set_on_device', failure);
    return;
  }
  const isNew = code.pending === 'creating';
  Object.assign(code, { status: 'set', pending: null });
  workspace.emit(isNew ? 'access_code.set_on_device' : 'access_code.changed', isNew ? { ...event, code: code.code } : event);
}

export function endAccessCode(workspace: Workspace, code: AccessCode): void {
  const { deletesDoNotTake, deleteDelayMs } = workspace.settings;
  if (deletesDoNotTake) return;
  code.status = 'removing';
  if (deleteDelayMs === 0) dropAccessCode(workspace, code);
  else workspace.schedule({ at: Date.now() + deleteDelayMs, kind: 'delete_access_code', id: code.id });
}

export function dropAccessCode(workspace: Workspace, code: AccessCode): void {
  workspace.state.accessCodes.delete(code.id);
  workspace.emit('access_code.deleted', { ...codeEvent(workspace, code), code: code.code });
}

/** The same one however often it is asked for. */
export function pullBackupCode(workspace: Workspace, code: AccessCode): AccessCode {
  const pulled = workspace.state.accessCodes.get(code.backupId ?? '');
  if (pulled !== undefined) return pulled;
  const { deviceId, startsAt, endsAt } = code;
  const backup = createAccessCode(workspace, {
    deviceId,
    startsAt,
    endsAt,
    commonKey: null,
    isBackup: true,
    usesPool: false,
    name: null,
    code: null,
  });
  code.backupId = backup.id;
  workspace.emit('access_code.backup_access_code_pulled', { ...codeEvent(workspace, code), backup_access_code_id: backup.id });
  return backup;
}
