/** The grants of the workspace, whoever made them (`/access_grants/list`). */
import { z } from 'zod';
import type { ListedGrant } from '../../../workflows/domain/sweep-plan.ts';
import type { GrantListPort } from '../../upkeep-ports.ts';
import { connectToSeam, type SeamConnection } from './calls.ts';
import { DOORS } from './doors.ts';
import { accessGrant, grantBatch } from './schemas.ts';

/** Seam's own default. */
const PAGE = 500;

const keyedGrant = accessGrant
  .pick({ access_grant_id: true, ends_at: true, access_method_ids: true, warnings: true })
  .extend({ access_grant_key: z.string().nullish() });
const placeBatch = grantBatch.omit({ access_methods: true });
const grantPage = z.tuple([z.array(keyedGrant), z.object({ nextPageCursor: z.string().nullable() })]);

function listedGrant({ access_grant_key: grantKey, ...grant }: z.infer<typeof keyedGrant>): readonly ListedGrant[] {
  if (!grantKey) return [];
  return [
    {
      accessGrantId: grant.access_grant_id,
      grantKey,
      endsAt: grant.ends_at ?? null,
      accessMethodIds: grant.access_method_ids,
      isBeingDeleted: grant.warnings.some((warning) => warning.warning_code === 'being_deleted'),
    },
  ];
}

export function createGrantList({ apiKey, endpoint }: SeamConnection): GrantListPort {
  const connect = connectToSeam({ apiKey, endpoint });
  return {
    async page({ cursor }, signal) {
      const [grants, { nextPageCursor: next }] = await connect(signal).read({
        answer: grantPage,
        send: (api) => {
          const paginator = api.createPaginator(api.accessGrants.list({ limit: PAGE }));
          type Cursor = Parameters<typeof paginator.nextPage>[0];
          // Seam's cursor, as it gave it to an earlier attempt: the client's brand does not survive a history.
          return cursor === null ? paginator.firstPage() : paginator.nextPage(cursor as Cursor);
        },
      });
      return { grants: grants.flatMap(listedGrant), next };
    },
    async listed(accessGrantIds, signal) {
      const grants = await connect(signal).read({
        answer: z.array(accessGrant.pick({ access_grant_id: true })),
        send: (api) => api.accessGrants.list({ access_grant_ids: [...accessGrantIds] }),
      });
      return new Set(grants.map((grant) => grant.access_grant_id));
    },
    async doors(accessGrantId, signal) {
      const include = [...DOORS, 'spaces' as const];
      const batch = await connect(signal).find({
        answer: placeBatch,
        send: (api) => api.accessGrants.getRelated({ access_grant_ids: [accessGrantId], include }),
      });
      return {
        entrances: batch?.acs_entrances.map((entrance) => entrance.acs_entrance_id) ?? [],
        devices: batch?.devices.map((device) => device.device_id) ?? [],
        spaces: batch?.spaces.map((space) => space.space_id) ?? [],
        spaceKeys: batch?.spaces.flatMap((space) => space.space_key ?? []) ?? [],
      };
    },
  };
}
