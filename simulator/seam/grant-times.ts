/** New times (or a new name) for a grant: every issued credential is revoked and reissued, a code with the same digits. */
import { z } from 'zod';
import { assertTimes } from './grant-request.ts';
import { watch } from './issuance.ts';
import { eventFields, methodsOf } from './methods.ts';
import { id, nullable, text, time } from './parameters.ts';
import type { Grant } from './records.ts';
import { assertOverlap } from './reservation-keys.ts';
import { iso, type Workspace } from './workspace.ts';

export const grantUpdate = z
  .object({
    access_grant_id: id.optional(),
    access_grant_key: text.optional(),
    name: nullable(text).optional(),
    starts_at: time.optional(),
    ends_at: nullable(time).optional(),
  })
  .refine(
    (given) => given.access_grant_id !== undefined || given.access_grant_key !== undefined,
    'Either access_grant_id or access_grant_key is required',
  );

/** @throws SeamError 400 for times that end before they begin, or in the past */
export function updateGrant(
  workspace: Workspace,
  { grant, given }: { readonly grant: Grant; readonly given: z.infer<typeof grantUpdate> },
): void {
  const before = { startsAt: grant.startsAt, endsAt: grant.endsAt };
  const startsAt = given.starts_at ?? before.startsAt;
  const endsAt = given.ends_at === undefined ? before.endsAt : given.ends_at;
  if (given.name !== undefined) grant.name = given.name;
  if (startsAt === before.startsAt && endsAt === before.endsAt) return;
  assertTimes({ startsAt, endsAt });
  const companions = [...workspace.state.grants.values()].filter(
    (other) => other !== grant && grant.reservationKey !== null && other.reservationKey === grant.reservationKey,
  );
  assertOverlap({ startsAt, endsAt }, companions);
  Object.assign(grant, { startsAt, endsAt, timesBefore: before });
  if (endsAt !== null) workspace.schedule({ at: endsAt, kind: 'expire', id: grant.id });
  workspace.emit('access_grant.access_times_changed', {
    access_grant_id: grant.id,
    ...(grant.key === null ? {} : { access_grant_key: grant.key }),
    starts_at: iso(startsAt),
    ...(endsAt === null ? {} : { ends_at: iso(endsAt) }),
  });
  reissue(workspace, grant);
}

function reissue(workspace: Workspace, grant: Grant): void {
  const due = Date.now() + workspace.settings.issuanceDelayMs;
  for (const method of methodsOf(workspace, grant)) {
    watch(workspace, { method, grant, due });
    if (method.issuedAt === null) continue;
    method.issuedAt = null;
    method.updatingTimes = true;
    workspace.emit('access_method.revoked', eventFields(workspace, method));
    workspace.schedule({ at: due, kind: 'issue', id: method.id });
  }
}
