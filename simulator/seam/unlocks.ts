/** Remote unlocking, of an entrance by a cloud key or of a lock that can be unlocked remotely. Each is an action attempt. */
import { beginAttempt, endAttempt } from './action-attempts.ts';
import { deviceOf, entranceOf, isOffline } from './doors.ts';
import { invalid, SeamError } from './errors.ts';
import type { ActionAttempt, Method } from './records.ts';
import type { Workspace } from './workspace.ts';

/** @throws SeamError 400 when the method is no issued cloud key of this entrance, or access is not open now */
export function unlockEntrance(
  workspace: Workspace,
  { method, entranceId }: { readonly method: Method; readonly entranceId: string },
): ActionAttempt {
  entranceOf(workspace, entranceId);
  if (method.mode !== 'cloud_key') throw invalid('access_method_id', 'Not a cloud key');
  if (!method.entranceIds.includes(entranceId)) throw invalid('acs_entrance_id', 'The access method does not open this entrance');
  const grant = workspace.state.grants.get(method.grantId);
  const now = Date.now();
  const open = grant !== undefined && grant.startsAt <= now && (grant.endsAt === null || grant.endsAt > now);
  if (method.issuedAt === null || !open)
    throw new SeamError({ status: 400, type: 'access_method_not_active', message: 'The access method is not active' });
  return beginAttempt(workspace, { type: 'UNLOCK_DOOR', doorId: entranceId, methodId: method.id });
}

/** @throws SeamError 400 when the lock can't be unlocked remotely, 404 */
export function unlockDevice(workspace: Workspace, deviceId: string): ActionAttempt {
  if (!deviceOf(workspace, deviceId).opensWith.includes('cloud_key')) throw invalid('device_id', 'The device cannot be unlocked remotely');
  return beginAttempt(workspace, { type: 'UNLOCK_DOOR', doorId: deviceId, methodId: null });
}

export function finishUnlock(workspace: Workspace, attempt: ActionAttempt): void {
  const doorId = attempt.doorId ?? '';
  const type = isOffline(workspace, doorId) ? 'device_offline' : workspace.settings.unlockError;
  if (type !== null) {
    endAttempt(attempt, { error: { type, message: 'The door was not unlocked.' } });
    return;
  }
  endAttempt(attempt, { result: { was_confirmed_by_device: workspace.settings.unlocksConfirmed } });
  const device = workspace.estate.devices.some((other) => other.deviceId === doorId);
  workspace.emit('lock.unlocked', {
    ...(device ? { device_id: doorId } : { acs_entrance_id: doorId }),
    action_attempt_id: attempt.id,
    connected_account_id: workspace.state.connectedAccountId,
    method: 'remote',
  });
}
