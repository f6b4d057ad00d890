/** A house that changes while people live in it: a door that learns or forgets a mode, a space that other doors belong to. */
import { doorsForMode, doorsOfGrant, spaceOf } from './doors.ts';
import { notFound } from './errors.ts';
import type { EstateDevice, EstateEntrance } from './estate.ts';
import { methodsOf } from './methods.ts';
import type { Grant } from './records.ts';
import type { Workspace } from './workspace.ts';

export interface DoorChange {
  readonly doorId: string;
  readonly opensWith: EstateEntrance['opensWith'] & EstateDevice['opensWith'];
}

/** Grants of before are not made anew by it. @throws SeamError 404 */
export function changeDoor({ estate }: Workspace, { doorId, opensWith }: DoorChange): void {
  const entrance = estate.entrances.find(({ acsEntranceId }) => acsEntranceId === doorId);
  const device = estate.devices.find(({ deviceId }) => deviceId === doorId);
  if (entrance !== undefined) entrance.opensWith = opensWith;
  else if (device !== undefined) device.opensWith = opensWith;
  else throw notFound('door');
}

export interface SpaceChange {
  readonly spaceId: string;
  readonly entranceIds: readonly string[];
  readonly deviceIds: readonly string[];
}

/** Every grant of the space follows: its methods open the new doors, and the old ones no longer. @throws SeamError 404 */
export function rearrange(workspace: Workspace, { spaceId, entranceIds, deviceIds }: SpaceChange): void {
  const space = spaceOf(workspace, spaceId);
  const grants = [...workspace.state.grants.values()].filter((grant) => grant.spaceIds.includes(space.spaceId));
  const before = new Map(grants.map((grant) => [grant.id, entrancesOf(workspace, grant)]));
  Object.assign(space, { entranceIds, deviceIds });
  for (const grant of grants) {
    for (const method of methodsOf(workspace, grant)) {
      const doors = doorsForMode(doorsOfGrant(workspace, grant), method.mode);
      method.entranceIds = doors.entrances.map(({ acsEntranceId }) => acsEntranceId);
      method.deviceIds = doors.devices.map(({ deviceId }) => deviceId);
    }
    announce(workspace, { grant, before: before.get(grant.id) ?? [] });
  }
  workspace.emit('space.device_membership_changed', {
    space_id: space.spaceId,
    space_key: space.spaceKey,
    acs_entrance_ids: entranceIds,
    device_ids: deviceIds,
  });
}

const entrancesOf = (workspace: Workspace, grant: Grant): readonly string[] =>
  doorsOfGrant(workspace, grant).entrances.map(({ acsEntranceId }) => acsEntranceId);

function announce(workspace: Workspace, { grant, before }: { grant: Grant; before: readonly string[] }): void {
  const after = entrancesOf(workspace, grant);
  const about = (acs_entrance_id: string) => ({ access_grant_id: grant.id, acs_entrance_id });
  for (const id of after.filter((door) => !before.includes(door))) workspace.emit('access_grant.access_granted_to_door', about(id));
  for (const id of before.filter((door) => !after.includes(door))) workspace.emit('access_grant.access_to_door_lost', about(id));
}
