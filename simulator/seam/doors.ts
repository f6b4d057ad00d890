/** Which doors a grant opens, and what each of them can do. */
import { notFound } from './errors.ts';
import type { EstateDevice, EstateEntrance, EstateSpace } from './estate.ts';
import type { Grant, Mode } from './records.ts';
import type { Workspace } from './workspace.ts';

export interface Doors {
  readonly entrances: readonly EstateEntrance[];
  readonly devices: readonly EstateDevice[];
}

/** @throws SeamError 404 */
export function entranceOf(workspace: Workspace, id: string): EstateEntrance {
  const entrance = workspace.estate.entrances.find((other) => other.acsEntranceId === id);
  if (entrance === undefined) throw notFound('acs_entrance');
  return entrance;
}

/** @throws SeamError 404 */
export function deviceOf(workspace: Workspace, id: string): EstateDevice {
  const device = workspace.estate.devices.find((other) => other.deviceId === id);
  if (device === undefined) throw notFound('device');
  return device;
}

/** By id or by key. @throws SeamError 404 */
export function spaceOf(workspace: Workspace, idOrKey: string): EstateSpace {
  const space = workspace.estate.spaces.find((other) => other.spaceId === idOrKey || other.spaceKey === idOrKey);
  if (space === undefined) throw notFound('space');
  return space;
}

type DoorIds = Pick<Grant, 'entranceIds' | 'deviceIds' | 'spaceIds'>;

/** The doors named and those of the spaces named, each once. @throws SeamError 404 for one that does not exist */
export function doorsOfGrant(workspace: Workspace, { entranceIds, deviceIds, spaceIds }: DoorIds): Doors {
  const spaces = spaceIds.map((id) => spaceOf(workspace, id));
  const entrances = new Set([...entranceIds, ...spaces.flatMap((space) => space.entranceIds)]);
  const devices = new Set([...deviceIds, ...spaces.flatMap((space) => space.deviceIds)]);
  return {
    entrances: [...entrances].map((id) => entranceOf(workspace, id)),
    devices: [...devices].map((id) => deviceOf(workspace, id)),
  };
}

export function doorsForMode(doors: Doors, mode: Mode): Doors {
  return {
    entrances: doors.entrances.filter((entrance) => entrance.opensWith.includes(mode)),
    devices: doors.devices.filter((device) => device.opensWith.some((other) => other === mode)),
  };
}

export const isOffline = (workspace: Workspace, doorId: string): boolean => workspace.settings.offlineDoors.includes(doorId);
