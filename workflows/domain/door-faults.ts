/** What a door reports as wrong, in words for staff: what it is, and what to do about it. Codes are Seam's (OpenAPI 1.1038.0). */

const OFFLINE = 'is offline; check its power and its connection';
const HUB = 'has lost its hub; check the power and the connection of the hub';
const ACCOUNT = 'cannot be reached through its account; connect the account to Seam again';
const SYSTEM = 'belongs to an access system that Seam does not reach; check the system and its bridge';
const CLOCK = "has another time zone than it should, so its codes open at wrong times; set the zone in the lock's own app";
const SUBSCRIPTION = 'belongs to a system whose subscription has no room for another guest; free a place or enlarge it';

const SAYINGS: Readonly<Record<string, string>> = {
  device_offline: OFFLINE,
  device_disconnected: OFFLINE,
  hub_disconnected: HUB,
  entrance_offline: OFFLINE,
  device_removed: 'was removed from its account; add it there again',
  device_has_flaky_connection: 'loses its connection again and again; move the hub nearer or mend the network',
  device_communication_degraded: 'answers poorly; check its connection and its battery',
  account_disconnected: ACCOUNT,
  missing_device_credentials: ACCOUNT,
  insufficient_permissions: ACCOUNT,
  dormakaba_sites_disconnected: SYSTEM,
  bridge_disconnected: SYSTEM,
  seam_bridge_disconnected: SYSTEM,
  acs_system_disconnected: SYSTEM,
  visionline_instance_unreachable: SYSTEM,
  provider_service_unavailable: SYSTEM,
  low_battery: 'has a low battery; change it before the guest comes',
  accessory_keypad_low_battery: 'has a keypad with a low battery; change it before the guest comes',
  max_access_codes_reached: 'has no memory left for another code; delete codes that nobody needs',
  time_zone_mismatch: CLOCK,
  time_zone_does_not_match_location: CLOCK,
  lockly_time_zone_not_configured: CLOCK,
  two_n_device_missing_timezone: CLOCK,
  salto_ks_subscription_limit_exceeded: SUBSCRIPTION,
  subscription_required: 'needs a subscription of its maker before it takes anything new; take one out there',
};

/** Nothing new can be given to a door in this state, though what it knows already still opens it. */
export const isUnreachable = (fault: string): boolean => [OFFLINE, HUB, ACCOUNT, SYSTEM].includes(SAYINGS[fault] ?? '');

/** What follows the name of the door. */
export const faultSaying = (fault: string): string => SAYINGS[fault] ?? `reports a problem that Seam calls ${fault}; look at it in Seam`;
