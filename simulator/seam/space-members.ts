/** What it means for the grants of a space that its doors are others now: a door that joins it is theirs, too. */
import type { EstateSpace } from './estate.ts';
import { methodsOf } from './methods.ts';
import type { Method, Space } from './records.ts';
import type { Workspace } from './workspace.ts';

interface Change {
  readonly before: EstateSpace;
  readonly after: Space;
}

export function joinSpace(workspace: Workspace, { before, after }: Change): void {
  const entranceIds = after.entranceIds.filter((id) => !before.entranceIds.includes(id));
  const deviceIds = after.deviceIds.filter((id) => !before.deviceIds.includes(id));
  const left = before.entranceIds.length + before.deviceIds.length - after.entranceIds.length - after.deviceIds.length;
  if (entranceIds.length + deviceIds.length === 0 && left === 0) return;
  workspace.emit('space.device_membership_changed', {
    space_id: after.id,
    ...(after.key === null ? {} : { space_key: after.key }),
    device_ids: after.deviceIds,
    acs_entrance_ids: after.entranceIds,
  });
  for (const grant of workspace.state.grants.values()) {
    if (!grant.spaceIds.includes(after.id)) continue;
    for (const method of methodsOf(workspace, grant)) extend(workspace, { method, entranceIds, deviceIds });
    workspace.emit('access_grant.access_granted_to_all_doors', { access_grant_id: grant.id });
  }
}

interface Extension {
  readonly method: Method;
  readonly entranceIds: readonly string[];
  readonly deviceIds: readonly string[];
}

/** By the doors that can be opened in its mode. */
function extend({ state, estate }: Workspace, { method, entranceIds, deviceIds }: Extension): void {
  const able = {
    entranceIds: estate.entrances.filter((one) => entranceIds.includes(one.acsEntranceId) && one.opensWith.includes(method.mode)),
    deviceIds: estate.devices.filter((one) => deviceIds.includes(one.deviceId) && one.opensWith.some((mode) => mode === method.mode)),
  };
  state.methods.set(method.id, {
    ...method,
    entranceIds: [...new Set([...method.entranceIds, ...able.entranceIds.map((one) => one.acsEntranceId)])],
    deviceIds: [...new Set([...method.deviceIds, ...able.deviceIds.map((one) => one.deviceId)])],
  });
}
