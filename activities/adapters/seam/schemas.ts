/**
 * Seam's answers, reduced to the fields that are used (OpenAPI 1.1038.0: access_grant, access_method, acs_entrance, device, space,
 * instant_key, user_identity, access_code). Unknown fields are dropped; a list that is left out counts as empty.
 */
import { z } from 'zod';

export const listOf = <Item extends z.ZodType>(item: Item) =>
  z
    .array(item)
    .nullish()
    .transform((items): readonly z.infer<Item>[] => items ?? []);

export const time = z
  .string()
  .transform((text) => Date.parse(text))
  .pipe(z.number());

const ids = listOf(z.string());

const seamError = z.object({ error_code: z.string(), missing_device_ids: ids });

const seamWarning = z.object({
  warning_code: z.string(),
  device_id: z.string().nullish(),
  reason: z.string().nullish(),
  failed_devices: listOf(z.object({ device_id: z.string() })),
  access_method_ids: ids,
});

const mutation = z.object({ mutation_code: z.string(), access_method_ids: ids });

export const userIdentity = z.object({ user_identity_id: z.string() });

export const accessGrant = z.object({
  access_grant_id: z.string(),
  user_identity_id: z.string().nullish(),
  starts_at: time,
  /** null: the grant has no end. */
  ends_at: time.nullish(),
  space_ids: ids,
  access_method_ids: ids,
  requested_access_methods: listOf(z.object({ mode: z.string() })),
  pending_mutations: listOf(mutation),
  errors: listOf(seamError),
  warnings: listOf(seamWarning),
});

export const accessMethod = z.object({
  access_method_id: z.string(),
  mode: z.enum(['code', 'card', 'mobile_key', 'cloud_key']),
  is_issued: z.boolean(),
  issued_at: z.string().nullish(),
  /** A secret. May be shown before it is issued, and be another one then. */
  code: z.string().nullish(),
  /** A secret: whoever has it has the key. */
  instant_key_url: z.string().nullish(),
  is_encoding_required: z.boolean().nullish(),
  is_ready_for_encoding: z.boolean().nullish(),
  is_assignment_required: z.boolean().nullish(),
  is_ready_for_assignment: z.boolean().nullish(),
  pending_mutations: listOf(mutation),
  errors: listOf(seamError),
  warnings: listOf(seamWarning),
});

const flag = z.boolean().nullish();
const warnings = listOf(z.object({ warning_code: z.string() }));

export const entrance = z.object({
  acs_entrance_id: z.string(),
  acs_system_id: z.string().nullish(),
  display_name: z.string().nullish(),
  can_unlock_with_code: flag,
  can_unlock_with_card: flag,
  can_unlock_with_mobile_key: flag,
  can_unlock_with_cloud_key: flag,
  can_belong_to_reservation: flag,
  errors: listOf(seamError),
  warnings,
});

export const device = z.object({
  device_id: z.string(),
  display_name: z.string().nullish(),
  can_unlock_with_code: flag,
  can_program_online_access_codes: flag,
  can_program_offline_access_codes: flag,
  can_remotely_unlock: flag,
  properties: z
    .object({
      online: flag,
      supports_backup_access_code_pool: flag,
      battery: z.object({ status: z.string().nullish() }).nullish(),
      supported_code_lengths: listOf(z.number()),
      max_active_codes_supported: z.number().nullish(),
      code_constraints: listOf(z.object({ constraint_type: z.string() })),
    })
    .nullish(),
  errors: listOf(seamError),
  warnings,
});

export const system = z.object({ acs_system_id: z.string(), errors: listOf(seamError), warnings });

/** What the `get_related` routes answer, narrowed by the `include` that is sent. */
export const doorBatch = z.object({ acs_entrances: listOf(entrance), devices: listOf(device) });
export const grantBatch = doorBatch.extend({
  access_methods: listOf(accessMethod),
  acs_systems: listOf(system),
  spaces: listOf(z.object({ space_id: z.string(), space_key: z.string().nullish() })),
});
export const instantKey = z.object({ instant_key_id: z.string(), instant_key_url: z.string(), created_at: time, expires_at: time });
/** `/access_codes/list`: what a code of a grant is on each lock of its own. The digits are left out. */
export const accessCodes = z.array(z.object({ is_offline_access_code: z.boolean().nullish() }));
export const ownerBatch = z.object({ access_grants: listOf(z.object({ access_grant_id: z.string() })) });
export const methodListBatch = z.object({ access_methods: listOf(accessMethod) });
export const keyOwnerBatch = z.object({ access_grants: listOf(z.object({ user_identity_id: z.string().nullish(), starts_at: time })) });

export type SeamGrant = z.infer<typeof accessGrant>;
export type SeamMethod = z.infer<typeof accessMethod>;
export type SeamDoors = z.infer<typeof doorBatch>;
export type SeamSystem = z.infer<typeof system>;
export type SeamInstantKey = z.infer<typeof instantKey>;
export type SeamGrantBatch = z.infer<typeof grantBatch>;
