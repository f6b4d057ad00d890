/** An access code, and a lock with what it can do about codes, as far as they are used (OpenAPI 1.1038.0: access_code, device). */
import { z } from 'zod';
import { device, listOf, time } from '../seam/schemas.ts';

const mutations = listOf(z.object({ mutation_code: z.string() }));

export const accessCode = z.object({
  access_code_id: z.string(),
  device_id: z.string(),
  name: z.string().nullish(),
  /** A secret. */
  code: z.string().nullish(),
  starts_at: time.nullish(),
  ends_at: time.nullish(),
  status: z.enum(['setting', 'set', 'unset', 'removing', 'unknown']),
  is_scheduled_on_device: z.boolean().nullish(),
  is_offline_access_code: z.boolean().nullish(),
  is_waiting_for_code_assignment: z.boolean().nullish(),
  pulled_backup_access_code_id: z.string().nullish(),
  pending_mutations: mutations,
  errors: listOf(z.object({ error_code: z.string() })),
  warnings: listOf(z.object({ warning_code: z.string() })),
});

export const lock = device.extend({
  can_program_online_access_codes: z.boolean().nullish(),
  can_program_offline_access_codes: z.boolean().nullish(),
  properties: z.object({ online: z.boolean().nullish(), supports_backup_access_code_pool: z.boolean().nullish() }).nullish(),
});

export type AccessCode = z.infer<typeof accessCode>;
export type Lock = z.infer<typeof lock>;
