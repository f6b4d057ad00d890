/** How doors fare, reduced to one word each: what would let a guest down, and nothing of what is merely worth knowing. */
import type { SeamDoors, SeamSystem } from './schemas.ts';

type Device = SeamDoors['devices'][number];
type Entrance = SeamDoors['acs_entrances'][number];

/** Errors that no guest at the door notices. */
const HARMLESS: ReadonlySet<string> = new Set(['auxiliary_heat_running', 'empty_backup_access_code_pool']);

/** Warnings that a guest at the door may notice (OpenAPI 1.1038.0: device, acs_entrance and acs_system). */
const SERIOUS: ReadonlySet<string> = new Set([
  'device_has_flaky_connection',
  'device_communication_degraded',
  'accessory_keypad_low_battery',
  'accessory_keypad_setup_required',
  'max_access_codes_reached',
  'time_zone_mismatch',
  'time_zone_does_not_match_location',
  'lockly_time_zone_not_configured',
  'two_n_device_missing_timezone',
  'salto_ks_lock_access_code_support_removed',
  'salto_ks_entrance_access_code_support_removed',
  'entrance_setup_required',
  'setup_required',
]);

type Reported = Pick<SeamSystem, 'errors' | 'warnings'>;

const errorOf = ({ errors }: Reported): string | null => errors.find(({ error_code }) => !HARMLESS.has(error_code))?.error_code ?? null;
const warningOf = ({ warnings }: Reported): string | null =>
  warnings.find(({ warning_code }) => SERIOUS.has(warning_code))?.warning_code ?? null;

export function deviceFault(device: Device): string | null {
  const { online, battery } = device.properties ?? {};
  const isBelieved = device.warnings.every(({ warning_code }) => warning_code !== 'unreliable_online_status');
  const offline = online === false && isBelieved ? 'device_disconnected' : null;
  const empty = battery?.status === 'low' || battery?.status === 'critical' ? 'low_battery' : null;
  return errorOf(device) ?? offline ?? warningOf(device) ?? empty;
}

/** An entrance fares no better than its system. */
export function entranceFault({ entrance, systems }: { entrance: Entrance; systems: readonly SeamSystem[] }): string | null {
  const system = systems.find(({ acs_system_id }) => acs_system_id === entrance.acs_system_id);
  const ofSystem = system === undefined ? null : (errorOf(system) ?? warningOf(system));
  return errorOf(entrance) ?? ofSystem ?? warningOf(entrance);
}
