/** One read of a grant: what Seam shows of it now, its doors, methods, spaces and problems. */
import type { AccessReading } from '../../../workflows/domain/access.ts';
import { failure } from '../../failures.ts';
import type { SeamCalls } from './calls.ts';
import { DOORS, doorsOf, readSpaces } from './doors.ts';
import { type MethodReader, readMethod } from './methods.ts';
import { problemsOf } from './problems.ts';
import { accessGrant, grantBatch, type SeamGrant, type SeamGrantBatch } from './schemas.ts';

const UNKNOWN_GRANT: AccessReading = {
  found: false,
  beingDeleted: false,
  accessGrantId: null,
  window: null,
  doors: [],
  spaces: [],
  methods: [],
  problems: [],
};

export const findGrant = ({ seam, grantKey }: { readonly seam: SeamCalls; readonly grantKey: string }): Promise<SeamGrant | null> =>
  seam.find({ answer: accessGrant, send: (api) => api.accessGrants.get({ access_grant_key: grantKey }) });

export const findGrantById = ({ seam, id }: { readonly seam: SeamCalls; readonly id: string }): Promise<SeamGrant | null> =>
  seam.find({ answer: accessGrant, send: (api) => api.accessGrants.get({ access_grant_id: id }) });

const isBeingDeleted = (grant: SeamGrant): boolean => grant.warnings.some((warning) => warning.warning_code === 'being_deleted');

/**
 * Two calls at once (grant, what is around it), then side by side one per method that opens something and one per space: three for a
 * grant of one issued code.
 */
export async function readByKey({ grantKey, ...reader }: MethodReader & { readonly grantKey: string }): Promise<AccessReading> {
  const { seam } = reader;
  const [grant, related] = await Promise.all([findGrant({ seam, grantKey }), findRelated({ seam, of: { access_grant_keys: [grantKey] } })]);
  if (grant === null) return UNKNOWN_GRANT;
  return compose({ grant, related, reader });
}

/** The rest of the reading of a grant that is already in hand. */
export async function readAround({ grant, ...reader }: MethodReader & { readonly grant: SeamGrant }): Promise<AccessReading> {
  const related = await findRelated({ seam: reader.seam, of: { access_grant_ids: [grant.access_grant_id] } });
  return compose({ grant, related, reader });
}

type GrantNames = { readonly access_grant_ids: string[] } | { readonly access_grant_keys: string[] };

function findRelated({ seam, of }: { readonly seam: SeamCalls; readonly of: GrantNames }): Promise<SeamGrantBatch | null> {
  const include = [...DOORS, 'access_methods' as const, 'spaces' as const, 'acs_systems' as const];
  return seam.find({ answer: grantBatch, send: (api) => api.accessGrants.getRelated({ ...of, include }) });
}

interface Parts {
  readonly grant: SeamGrant;
  readonly related: SeamGrantBatch | null;
  readonly reader: MethodReader;
}

async function compose({ grant, related, reader }: Parts): Promise<AccessReading> {
  // The grant went between the two answers: half a reading must not pass for a grant without doors.
  if (related === null) throw failure({ type: 'SeamUnreadable', code: 'access_grants/get_related' });
  const [methods, spaces] = await Promise.all([
    Promise.all(related.access_methods.map((method) => readMethod({ method, grant, reader }))),
    readSpaces({ seam: reader.seam, spaceIds: grant.space_ids, spaces: related.spaces }),
  ]);
  const doors = doorsOf({ ...related, systems: related.acs_systems });
  return {
    found: true,
    beingDeleted: isBeingDeleted(grant),
    accessGrantId: grant.access_grant_id,
    window: typeof grant.ends_at === 'number' ? { startsAt: grant.starts_at, endsAt: grant.ends_at } : null,
    doors,
    spaces,
    methods,
    problems: problemsOf({ grant, methods: related.access_methods, entrances: related.acs_entrances, doors }),
  };
}
