/** A new grant: what a request must hold, and what becomes of it. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { doorsOfGrant, spaceOf } from './doors.ts';
import { duplicate, invalid } from './errors.ts';
import { createIdentity, identityFields, identityOf } from './identities.ts';
import { requestMethods } from './issuance.ts';
import { id, nullable, requestedMethods, text, time } from './parameters.ts';
import type { Grant, RequestedMethod } from './records.ts';
import { assertFitsReservation } from './reservation-keys.ts';
import type { Workspace } from './workspace.ts';

export const grantRequest = z
  .object({
    user_identity_id: id.optional(),
    user_identity: z.object(identityFields).optional(),
    access_grant_key: text.optional(),
    reservation_key: text.optional(),
    customization_profile_id: id.optional(),
    name: nullable(text).optional(),
    acs_entrance_ids: z.array(id).default([]),
    device_ids: z.array(id).default([]),
    space_ids: z.array(id).default([]),
    space_keys: z.array(text).default([]),
    requested_access_methods: requestedMethods,
    starts_at: time.optional(),
    ends_at: nullable(time).optional(),
  })
  .refine(
    (given) => (given.user_identity_id === undefined) !== (given.user_identity === undefined),
    'Exactly one of user_identity_id and user_identity is required',
  );

export const asRequested = (methods: z.infer<typeof requestedMethods>): RequestedMethod[] =>
  methods.map((method) => ({
    mode: method.mode,
    createdAt: Date.now(),
    code: method.code ?? null,
    maxUses: method.instant_key_max_use_count ?? null,
    methodIds: [],
  }));

/** @throws SeamError 400 */
export function assertTimes({ startsAt, endsAt }: { readonly startsAt: number; readonly endsAt: number | null }): void {
  if (endsAt === null) return;
  if (endsAt <= Date.now()) throw invalid('ends_at', 'Must be in the future');
  if (endsAt <= startsAt) throw invalid('ends_at', 'Must be after starts_at');
}

type Asked = Pick<
  Grant,
  'key' | 'identityId' | 'profileId' | 'reservationKey' | 'entranceIds' | 'deviceIds' | 'spaceIds' | 'name' | 'startsAt' | 'endsAt'
>;

const newGrant = (workspace: Workspace, asked: Asked): Grant => ({
  ...asked,
  seq: workspace.next(),
  id: randomUUID(),
  createdAt: Date.now(),
  requested: [],
  timesBefore: null,
  grantedEntranceIds: [],
  grantedToAll: false,
  impossibleModes: [],
  beingDeleted: false,
});

/** @throws SeamError 400, 404 or 409; then nothing has changed */
export function createGrant(workspace: Workspace, given: z.infer<typeof grantRequest>): Grant {
  const { grants } = workspace.state;
  const key = given.access_grant_key ?? null;
  if (key !== null && [...grants.values()].some((grant) => grant.key === key)) throw duplicate('access_grant_key');
  const startsAt = given.starts_at ?? Date.now();
  const endsAt = given.ends_at ?? null;
  assertTimes({ startsAt, endsAt });
  const spaceIds = [...new Set([...given.space_ids, ...given.space_keys].map((idOrKey) => spaceOf(workspace, idOrKey).spaceId))];
  const wanted = { entranceIds: given.acs_entrance_ids, deviceIds: given.device_ids, spaceIds };
  const doors = doorsOfGrant(workspace, wanted);
  if (doors.entrances.length + doors.devices.length === 0) throw invalid('acs_entrance_ids', 'At least one door is required');
  const reservationKey = given.reservation_key ?? null;
  const modes = given.requested_access_methods.map((method) => method.mode);
  assertFitsReservation(workspace, { reservationKey, doors, modes, startsAt, endsAt });
  const identity =
    given.user_identity_id === undefined
      ? createIdentity(workspace, given.user_identity ?? {})
      : identityOf(workspace, given.user_identity_id);
  const grant = newGrant(workspace, {
    ...wanted,
    key,
    reservationKey,
    startsAt,
    endsAt,
    identityId: identity.id,
    profileId: given.customization_profile_id ?? null,
    name: given.name ?? null,
  });
  grants.set(grant.id, grant);
  workspace.emit('access_grant.created', { access_grant_id: grant.id });
  requestMethods(workspace, { grant, requested: asRequested(given.requested_access_methods) });
  if (endsAt !== null) workspace.schedule({ at: endsAt, kind: 'expire', id: grant.id });
  return grant;
}
