/** What may be wrong with a door besides being offline, how Seam shows it, and which event it sends. */
import type { Workspace } from './workspace.ts';
import { iso } from './workspace.ts';

export const AILMENTS = [
  'low_battery',
  'account_disconnected',
  'device_has_flaky_connection',
  'time_zone_mismatch',
  'max_access_codes_reached',
  'entrance_setup_required',
  'acs_system_disconnected',
] as const;
export type Ailment = (typeof AILMENTS)[number];

const ERRORS: readonly Ailment[] = ['account_disconnected', 'acs_system_disconnected'];
const MESSAGE = 'Somebody should look after it.';

const ailmentOf = ({ settings }: Workspace, id: string): Ailment | null => settings.ailments[id] ?? null;

/** The errors and warnings of a device, an entrance or a system. */
export function complaintsOf(
  workspace: Workspace,
  id: string,
): { readonly errors: readonly object[]; readonly warnings: readonly object[] } {
  const ailment = ailmentOf(workspace, id);
  const created_at = iso(workspace.state.createdAt);
  if (ailment === null || ailment === 'low_battery') return { errors: [], warnings: [] };
  return ERRORS.includes(ailment)
    ? { errors: [{ created_at, error_code: ailment, message: MESSAGE, ...accountError(ailment) }], warnings: [] }
    : { errors: [], warnings: [{ created_at, warning_code: ailment, message: MESSAGE, ...countsOf(ailment) }] };
}

const countsOf = (ailment: Ailment): object =>
  ailment === 'max_access_codes_reached' ? { active_access_code_count: 100, max_active_access_code_count: 100 } : {};

const accountError = (ailment: Ailment): object =>
  ailment === 'account_disconnected' ? { is_connected_account_error: true, is_device_error: false } : {};

export const batteryOf = (workspace: Workspace, id: string) =>
  ailmentOf(workspace, id) === 'low_battery' ? { level: 0.08, status: 'low' } : { level: 0.9, status: 'full' };

/** Doors that fell ill or were cured tell so, where Seam has an event for it. */
export function announceAilments(workspace: Workspace, before: Readonly<Record<string, Ailment>>): void {
  const ids = new Set([...Object.keys(before), ...Object.keys(workspace.settings.ailments)]);
  for (const id of ids) {
    const [old = null, now] = [before[id], ailmentOf(workspace, id)];
    if (old === now) continue;
    if (old !== null) tell(workspace, { id, ailment: old, isIll: false });
    if (now !== null) tell(workspace, { id, ailment: now, isIll: true });
  }
}

function tell(workspace: Workspace, { id, ailment, isIll }: { id: string; ailment: Ailment; isIll: boolean }): void {
  const { connectedAccountId: connected_account_id } = workspace.state;
  const about = { device_id: id, connected_account_id };
  const none = { connected_account_errors: [], connected_account_warnings: [] };
  const ofDevice = { ...about, ...none, device_errors: [], device_warnings: [] };
  switch (ailment) {
    case 'low_battery':
      if (isIll) workspace.emit('device.low_battery', { ...about, battery_level: batteryOf(workspace, id).level });
      return workspace.emit('device.battery_status_changed', {
        ...about,
        battery_level: batteryOf(workspace, id).level,
        battery_status: batteryOf(workspace, id).status,
      });
    case 'device_has_flaky_connection':
      return isIll ? workspace.emit('device.connection_became_flaky', ofDevice) : workspace.emit('device.connection_stabilized', about);
    case 'account_disconnected':
      return isIll
        ? workspace.emit('device.disconnected', { ...ofDevice, error_code: 'account_disconnected' })
        : workspace.emit('device.connected', about);
    case 'acs_system_disconnected':
      return isIll
        ? workspace.emit('acs_system.disconnected', { ...none, acs_system_id: id, acs_system_errors: [], acs_system_warnings: [] })
        : workspace.emit('acs_system.connected', { acs_system_id: id, connected_account_id });
    case 'time_zone_mismatch':
    case 'max_access_codes_reached':
    case 'entrance_setup_required':
      return;
  }
}
