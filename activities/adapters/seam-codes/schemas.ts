/** An access code as far as it is used (OpenAPI 1.1038.0: access_code). */
import { z } from 'zod';
import { listOf, type SeamDoors, time } from '../seam/schemas.ts';

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

export type AccessCode = z.infer<typeof accessCode>;
export type Lock = SeamDoors['devices'][number];
