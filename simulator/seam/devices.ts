/** /devices and /locks: standalone locks, each with its own keypad. */
import { z } from 'zod';
import { batteryOf, complaintsOf } from './ailments.ts';
import { deviceOf, isOffline } from './doors.ts';
import type { EstateDevice } from './estate.ts';
import { page } from './page.ts';
import { id, list, pageParameters, text } from './parameters.ts';
import { type Routes, route } from './route.ts';
import { born, iso, type Workspace } from './workspace.ts';

function propertiesOf({
  device: { name, hasBackupPool = false, mostCodes = 100 },
  online,
  battery,
}: {
  readonly device: EstateDevice;
  readonly online: boolean;
  readonly battery: object;
}): object {
  return {
    online,
    battery,
    locked: true,
    name,
    appearance: { name },
    manufacturer: 'schlage',
    model: { display_name: 'Encode', manufacturer_display_name: 'Schlage', has_built_in_keypad: true },
    code_constraints: [],
    supported_code_lengths: [4, 5, 6, 7, 8],
    max_active_codes_supported: mostCodes,
    supports_backup_access_code_pool: hasBackupPool,
  };
}

export function showDevice(workspace: Workspace, device: EstateDevice): object {
  const online = !isOffline(workspace, device.deviceId);
  const created_at = iso(workspace.state.createdAt);
  const { errors, warnings } = complaintsOf(workspace, device.deviceId);
  const battery = batteryOf(workspace, device.deviceId);
  const spaces = workspace.estate.spaces.filter((space) => space.deviceIds.includes(device.deviceId));
  const offline = { created_at, error_code: 'device_offline', is_device_error: true, message: 'The device is offline.' };
  return {
    ...born(workspace, workspace.state.createdAt),
    device_id: device.deviceId,
    device_type: 'schlage_lock',
    display_name: device.name,
    nickname: device.name,
    is_managed: true,
    connected_account_id: workspace.state.connectedAccountId,
    space_ids: spaces.map((space) => space.spaceId),
    capabilities_supported: ['access_code', 'lock'],
    can_program_online_access_codes: device.opensWith.includes('code'),
    can_unlock_with_code: device.opensWith.includes('code'),
    can_remotely_unlock: device.opensWith.includes('cloud_key'),
    can_remotely_lock: device.opensWith.includes('cloud_key'),
    location: { location_name: device.name, time_zone: device.timeZone },
    properties: propertiesOf({ device, online, battery }),
    custom_metadata: {},
    errors: online ? errors : [offline, ...errors],
    warnings,
  };
}

const listParameters = z.object({ ...pageParameters, device_ids: list(id).optional(), space_id: id.optional(), search: text.optional() });

function find({ estate }: Workspace, query: z.infer<typeof listParameters>): readonly EstateDevice[] {
  const ofSpace =
    query.space_id === undefined ? undefined : (estate.spaces.find((space) => space.spaceId === query.space_id)?.deviceIds ?? []);
  return estate.devices.filter(
    ({ deviceId, name }) =>
      (query.device_ids?.includes(deviceId) ?? true) &&
      (ofSpace?.includes(deviceId) ?? true) &&
      (query.search === undefined || name.includes(query.search)),
  );
}

export function deviceRoutes(workspace: Workspace): Routes {
  const byId = z.object({ device_id: id });
  const shown = (device: EstateDevice): object => showDevice(workspace, device);
  return {
    '/devices/get': route('GET', byId, (wanted) => ({ device: shown(deviceOf(workspace, wanted.device_id)) })),
    '/devices/list': route('GET', listParameters, (query) => {
      const found = page(
        find(workspace, query).map((device) => ({ device, seq: workspace.estate.devices.indexOf(device) + 1 })),
        query,
      );
      return { devices: found.records.map(({ device }) => shown(device)), pagination: found.pagination };
    }),
    // Seam answers both names with the same lock; clients read either.
    '/locks/get': route('GET', byId, (wanted) => {
      const device = shown(deviceOf(workspace, wanted.device_id));
      return { lock: device, device };
    }),
    '/locks/list': route('GET', listParameters, (query) => {
      const locks = find(workspace, query).map(shown);
      return { locks, devices: locks };
    }),
  };
}

/** Devices that go on- or offline tell so; entrances have no such event. */
export function announceConnections(workspace: Workspace, before: readonly string[]): void {
  for (const { deviceId } of workspace.estate.devices) {
    const offline = isOffline(workspace, deviceId);
    if (offline === before.includes(deviceId)) continue;
    const about = { device_id: deviceId, connected_account_id: workspace.state.connectedAccountId };
    const none = { connected_account_errors: [], connected_account_warnings: [], device_errors: [], device_warnings: [] };
    if (offline) workspace.emit('device.disconnected', { ...about, ...none, error_code: 'device_disconnected' });
    else workspace.emit('device.connected', about);
  }
}
