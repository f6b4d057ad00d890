/** Seam's answers about access systems, reduced to the fields that are used (OpenAPI 1.1038.0: acs_user, acs_credential, acs_system). */
import { z } from 'zod';
import { listOf, time } from '../seam/schemas.ts';

const warnings = listOf(z.object({ warning_code: z.string() }));
const errors = listOf(z.object({ error_code: z.string() }));

export const acsUser = z.object({
  acs_user_id: z.string(),
  /** Left out by systems whose users have no times of their own. */
  access_schedule: z.object({ starts_at: time.nullish(), ends_at: time.nullish() }).nullish(),
  warnings,
});

export const acsCredential = z.object({
  acs_credential_id: z.string(),
  acs_user_id: z.string().nullish(),
  access_method: z.enum(['code', 'card', 'mobile_key', 'cloud_key']),
  /** A secret. */
  code: z.string().nullish(),
  starts_at: time.nullish(),
  ends_at: time.nullish(),
  is_issued: z.boolean().nullish(),
  is_latest_desired_state_synced_with_provider: z.boolean().nullish(),
  errors,
  warnings,
});

export const acsSystem = z.object({ external_type: z.string().nullish() });
export const acsGroup = z.object({ acs_access_group_id: z.string() });

export type AcsUser = z.infer<typeof acsUser>;
export type AcsCredential = z.infer<typeof acsCredential>;

export const warns = ({ warnings: all }: Pick<AcsUser, 'warnings'>, code: string): boolean => all.some((one) => one.warning_code === code);
