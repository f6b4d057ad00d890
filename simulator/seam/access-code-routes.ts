/** /access_codes */
import { z } from 'zod';
import { accessCodeOf, createAccessCode, endAccessCode, programLater, pullBackupCode, showAccessCode } from './access-codes.ts';
import { recordAttempt } from './action-attempts.ts';
import { deviceOf } from './doors.ts';
import { invalid } from './errors.ts';
import { assertTimes } from './grant-request.ts';
import type { AccessCode } from './low-level-records.ts';
import { page } from './page.ts';
import { id, list, pageParameters, text, time } from './parameters.ts';
import { type Routes, route } from './route.ts';
import type { Workspace } from './workspace.ts';

const digits = z.string().regex(/^\d{4,12}$/, 'Expected 4 to 12 digits');
const newCode = z.object({
  device_id: id,
  code: digits.optional(),
  name: text.optional(),
  common_code_key: text.optional(),
  starts_at: time.optional(),
  ends_at: time.optional(),
  attempt_for_offline_device: z.boolean().default(true),
  use_backup_access_code_pool: z.boolean().default(false),
  is_offline_access_code: z.boolean().default(false),
  max_time_rounding: z.enum(['1hour', '1day', '1h', '1d']).optional(),
});
const byId = z.object({ access_code_id: id });
const change = byId.extend({ code: digits.optional(), name: text.optional(), starts_at: time.optional(), ends_at: time.optional() });
const listParameters = z.object({
  ...pageParameters,
  device_id: id.optional(),
  access_code_ids: list(id).optional(),
  access_method_id: id.optional(),
});

function create(workspace: Workspace, given: z.output<typeof newCode>): AccessCode {
  const device = deviceOf(workspace, given.device_id);
  if (!device.opensWith.includes('code')) throw invalid('device_id', 'The device takes no codes');
  if (given.use_backup_access_code_pool && device.hasBackupPool !== true)
    throw invalid('use_backup_access_code_pool', 'The device has no pool of backup codes');
  const times = { startsAt: given.starts_at ?? null, endsAt: given.ends_at ?? null };
  assertTimes({ startsAt: times.startsAt ?? Date.now(), endsAt: times.endsAt });
  return createAccessCode(workspace, {
    ...times,
    deviceId: device.deviceId,
    commonKey: given.common_code_key ?? null,
    isBackup: false,
    usesPool: given.use_backup_access_code_pool,
    name: given.name ?? null,
    code: given.code ?? null,
  });
}

function update(workspace: Workspace, given: z.output<typeof change>): AccessCode {
  const code = accessCodeOf(workspace, given.access_code_id);
  const times = { startsAt: given.starts_at ?? code.startsAt, endsAt: given.ends_at ?? code.endsAt };
  assertTimes({ startsAt: times.startsAt ?? Date.now(), endsAt: times.endsAt });
  const isMoved = times.startsAt !== code.startsAt || times.endsAt !== code.endsAt;
  Object.assign(code, { ...times, name: given.name ?? code.name, code: given.code ?? code.code });
  if (isMoved || given.code !== undefined) {
    code.pending = isMoved ? 'updating_time_frame' : 'updating_code';
    programLater(workspace, code);
  }
  return code;
}

export function accessCodeRoutes(workspace: Workspace): Routes {
  const { accessCodes } = workspace.state;
  const shown = (code: AccessCode): object => showAccessCode(workspace, code);
  return {
    '/access_codes/create': route('POST', newCode, (given) => {
      const access_code = shown(create(workspace, given));
      return { access_code, action_attempt: recordAttempt(workspace, { type: 'CREATE_ACCESS_CODE', result: { access_code } }) };
    }),
    '/access_codes/get': route('GET', byId, (wanted) => ({ access_code: shown(accessCodeOf(workspace, wanted.access_code_id)) })),
    '/access_codes/list': route('GET', listParameters, (query) => {
      // The codes of a method have no records of their own here.
      if (query.access_method_id !== undefined) return { access_codes: [], pagination: page([], query).pagination };
      if (query.device_id === undefined && query.access_code_ids === undefined)
        throw invalid('device_id', 'Either it or access_code_ids is required');
      const found = page(
        [...accessCodes.values()].filter(
          (code) =>
            (query.device_id === undefined || code.deviceId === query.device_id) && (query.access_code_ids?.includes(code.id) ?? true),
        ),
        query,
      );
      return { access_codes: found.records.map(shown), pagination: found.pagination };
    }),
    // Nobody sets codes past Seam here.
    '/access_codes/unmanaged/list': route('GET', z.object({ ...pageParameters, device_id: id }), (query) => {
      deviceOf(workspace, query.device_id);
      return { access_codes: [], pagination: page([], query).pagination };
    }),
    '/access_codes/update': route('PATCH', change, (given) => {
      const access_code = shown(update(workspace, given));
      return { action_attempt: recordAttempt(workspace, { type: 'UPDATE_ACCESS_CODE', result: { access_code } }) };
    }),
    '/access_codes/delete': route('DELETE', byId, (wanted) => {
      endAccessCode(workspace, accessCodeOf(workspace, wanted.access_code_id));
      return { action_attempt: recordAttempt(workspace, { type: 'DELETE_ACCESS_CODE', result: {} }) };
    }),
    '/access_codes/pull_backup_access_code': route('POST', byId, (wanted) => {
      const code = accessCodeOf(workspace, wanted.access_code_id);
      if (!code.usesPool) throw invalid('access_code_id', 'The code uses no pool of backup codes');
      const backup_access_code = shown(pullBackupCode(workspace, code));
      return { access_code: shown(code), backup_access_code };
    }),
  };
}
