/**
 * The codes of one access, one per lock. Each is named by our key, which finds it again after a lost answer and leads from Seam's events to
 * the stay.
 */
import { z } from 'zod';
import type { LowLevelAccess } from '../../../workflows/domain/low-level.ts';
import { timesOf } from '../seam/asked-times.ts';
import type { Call, SeamCalls } from '../seam/calls.ts';
import { isSeamFailure } from '../seam/errors.ts';
import { device } from '../seam/schemas.ts';
import { type AccessCode, accessCode, type Lock } from './schemas.ts';
import { secretOf } from './state.ts';

const codes = z.array(accessCode);

/** All that Seam has made on these locks; ours are those that bear our key as their name. */
export async function codesOnLocks({
  seam,
  deviceIds,
}: {
  readonly seam: SeamCalls;
  readonly deviceIds: readonly string[];
}): Promise<readonly AccessCode[]> {
  const found = await Promise.all(
    deviceIds.map((device_id) => seam.find({ answer: codes, send: (api) => api.accessCodes.list({ device_id }) })),
  );
  return found.flatMap((some) => some ?? []);
}

export const codeById = ({ seam, id }: { readonly seam: SeamCalls; readonly id: string }): Promise<AccessCode | null> =>
  seam.find({ answer: accessCode, send: (api) => api.accessCodes.get({ access_code_id: id }) });

export async function locksById({ seam, ids }: { readonly seam: SeamCalls; readonly ids: readonly string[] }): Promise<readonly Lock[]> {
  if (ids.length === 0) return [];
  return seam.read({ answer: z.array(device), send: (api) => api.devices.list({ device_ids: [...ids] }) });
}

interface NewCode {
  readonly seam: SeamCalls;
  readonly name: string;
  readonly access: LowLevelAccess;
  readonly lock: Lock;
  /** Digits to ask for: what the policy says, or what another lock of the unit has; null: Seam chooses. */
  readonly code: string | null;
}

/** Under the digits that are asked for, or where the lock does not take them (it has them already, or wants another length) others. */
export async function createCode({ seam, name, access, lock: of, code }: NewCode): Promise<AccessCode> {
  const { properties, can_program_online_access_codes: online, can_program_offline_access_codes: offline } = of;
  const parameters = {
    device_id: of.device_id,
    name,
    ...timesOf(access.asked),
    attempt_for_offline_device: true,
    ...(properties?.supports_backup_access_code_pool === true ? { use_backup_access_code_pool: true } : {}),
    ...(online === false && offline === true ? { is_offline_access_code: true, max_time_rounding: '1h' as const } : {}),
  };
  const create = (more: { readonly code?: string; readonly common_code_key?: string }): Promise<AccessCode> =>
    seam.write({ answer: accessCode, send: (api) => api.accessCodes.create({ ...parameters, ...more }) });
  try {
    return await create({ common_code_key: name, ...(code === null ? {} : { code }) });
  } catch (error) {
    if (code === null || !isRefused(error)) throw error;
    return create({});
  }
}

const isRefused = (error: unknown): boolean => isSeamFailure(error, 'SeamConflict') || isSeamFailure(error, 'SeamRejected');

/** A code that the lock failed to take gets one from the lock's pool; false where there is none. Repeated, it gives the same one. */
export async function pullBackup({ seam, id }: { readonly seam: SeamCalls; readonly id: string }): Promise<boolean> {
  const pull: Call<unknown> = { answer: z.unknown(), send: (api) => api.accessCodes.pullBackupAccessCode({ access_code_id: id }) };
  try {
    await seam.write(pull);
    return true;
  } catch (error) {
    if (isRefused(error) || isSeamFailure(error, 'SeamNotFound')) return false;
    throw error;
  }
}

/** A code, and the one that took its place on the lock. */
export interface Standing {
  readonly code: AccessCode;
  readonly backup: AccessCode | null;
}

export async function withBackup({ seam, code }: { readonly seam: SeamCalls; readonly code: AccessCode }): Promise<Standing> {
  const id = code.pulled_backup_access_code_id;
  return { code, backup: typeof id === 'string' ? await codeById({ seam, id }) : null };
}

/** The digits that open the lock now; null while none do. */
export async function codeNow(of: { readonly seam: SeamCalls; readonly code: AccessCode }): Promise<string | null> {
  const { code, backup } = await withBackup(of);
  return secretOf(backup ?? code);
}
