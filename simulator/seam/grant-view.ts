/** A grant as Seam shows it. It has no status field: clients derive one from times, methods, errors and warnings. */
import { doorsForMode, doorsOfGrant, isOffline } from './doors.ts';
import { showProfile } from './instant-keys.ts';
import { methodsOf, nameOfMode } from './methods.ts';
import type { Grant, Method } from './records.ts';
import { born, iso, type Workspace } from './workspace.ts';

const times = ({ startsAt, endsAt }: { readonly startsAt: number; readonly endsAt: number | null }) => ({
  starts_at: iso(startsAt),
  ends_at: endsAt === null ? null : iso(endsAt),
});

function codeWarnings(
  workspace: Workspace,
  { grant, methods }: { readonly grant: Grant; readonly methods: readonly Method[] },
): readonly object[] {
  const created_at = iso(grant.createdAt);
  const withCodes = methods.find((method) => method.mode === 'code');
  if (withCodes === undefined) return [];
  const { wantedCode, code } = withCodes;
  const able = doorsForMode(doorsOfGrant(workspace, grant), 'code').devices;
  const unable = doorsOfGrant(workspace, grant).devices.filter((device) => !able.includes(device));
  const refused = wantedCode !== null && code !== null && code !== wantedCode;
  return [
    ...unable.map((device) => ({
      created_at,
      warning_code: 'device_does_not_support_access_codes',
      device_id: device.deviceId,
      message: `${device.name} takes no access codes.`,
    })),
    ...(refused ? withCodes.deviceIds : []).map((device_id) => ({
      created_at,
      warning_code: 'requested_code_unavailable',
      device_id,
      original_code: wantedCode,
      new_code: code,
      message: 'The requested code is in use on this device.',
    })),
  ];
}

function warningsOf(
  workspace: Workspace,
  { grant, methods }: { readonly grant: Grant; readonly methods: readonly Method[] },
): readonly object[] {
  const created_at = iso(grant.createdAt);
  const updating = methods.filter((method) => method.updatingTimes).map((method) => method.id);
  const missing = methods.some(
    (method) => method.issuedAt === null && [...method.entranceIds, ...method.deviceIds].some((id) => isOffline(workspace, id)),
  );
  return [
    ...(grant.beingDeleted ? [{ created_at, warning_code: 'being_deleted', message: 'The access grant is being deleted.' }] : []),
    ...(updating.length > 0
      ? [{ created_at, warning_code: 'updating_access_times', access_method_ids: updating, message: 'The access times are being updated.' }]
      : []),
    ...(missing ? [{ created_at, warning_code: 'underprovisioned_access', message: 'Access to some doors is still being added.' }] : []),
    ...codeWarnings(workspace, { grant, methods }),
  ];
}

function mutationsOf(grant: Grant, methods: readonly Method[]): readonly object[] {
  const updating = methods.filter((method) => method.updatingTimes).map((method) => method.id);
  if (grant.timesBefore === null || updating.length === 0) return [];
  return [
    {
      created_at: iso(grant.createdAt),
      mutation_code: 'updating_access_times',
      message: 'The access times are being updated.',
      access_method_ids: updating,
      from: times(grant.timesBefore),
      to: times(grant),
    },
  ];
}

function statusOf(grant: Grant): string {
  const now = Date.now();
  if (grant.beingDeleted) return 'Being deleted';
  if (grant.endsAt !== null && grant.endsAt <= now) return 'Ended';
  return grant.startsAt > now ? 'Scheduled' : 'Active';
}

/** The link is shown here only where there is no doubt which method it is of. */
function mobileFields(methods: readonly Method[]): object {
  const keys = methods.filter((method) => method.mode === 'mobile_key');
  const [first] = keys;
  if (first === undefined) return {};
  return { client_session_token: first.sessionToken, ...(keys.length === 1 ? { instant_key_url: first.instantKeyUrl } : {}) };
}

export function showGrant(workspace: Workspace, grant: Grant): object {
  const methods = methodsOf(workspace, grant);
  const impossible = {
    created_at: iso(grant.createdAt),
    error_code: 'cannot_create_requested_access_methods',
    message: `No door of this grant can be opened with ${grant.impossibleModes.join(', ')}`,
    missing_device_ids: doorsOfGrant(workspace, grant).devices.map((device) => device.deviceId),
  };
  return {
    ...born(workspace, grant.createdAt),
    ...times(grant),
    access_grant_id: grant.id,
    ...(grant.key === null ? {} : { access_grant_key: grant.key }),
    ...(grant.reservationKey === null ? {} : { reservation_key: grant.reservationKey }),
    user_identity_id: grant.identityId,
    ...showProfile(grant),
    name: grant.name,
    display_name: grant.name ?? 'Access grant',
    display_status: statusOf(grant),
    space_ids: grant.spaceIds,
    location_ids: [],
    access_method_ids: methods.map((method) => method.id),
    requested_access_methods: grant.requested.map((requested) => ({
      mode: requested.mode,
      display_name: nameOfMode(requested.mode),
      created_at: iso(requested.createdAt),
      created_access_method_ids: requested.methodIds,
      ...(requested.code === null ? {} : { code: requested.code }),
      ...(requested.maxUses === null ? {} : { instant_key_max_use_count: requested.maxUses }),
    })),
    ...mobileFields(methods),
    pending_mutations: mutationsOf(grant, methods),
    errors: grant.impossibleModes.length > 0 ? [impossible] : [],
    warnings: warningsOf(workspace, { grant, methods }),
  };
}
