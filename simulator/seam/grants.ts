/** /access_grants: who may open which doors, from when to when. */
import { z } from 'zod';
import { doorsOfGrant } from './doors.ts';
import { endGrant } from './endings.ts';
import { notFound } from './errors.ts';
import { asRequested, createGrant, grantRequest } from './grant-request.ts';
import { grantUpdate, updateGrant } from './grant-times.ts';
import { showGrant } from './grant-view.ts';
import { requestMethods } from './issuance.ts';
import { page } from './page.ts';
import { id, list, nullable, pageParameters, requestedMethods, text } from './parameters.ts';
import type { Grant } from './records.ts';
import { type Routes, route } from './route.ts';
import type { Workspace } from './workspace.ts';

const byEither = z
  .object({ access_grant_id: id.optional(), access_grant_key: text.optional() })
  .refine(
    (given) => given.access_grant_id !== undefined || given.access_grant_key !== undefined,
    'Either access_grant_id or access_grant_key is required',
  );

const listParameters = z.object({
  ...pageParameters,
  access_grant_ids: list(id).optional(),
  access_grant_key: nullable(text).optional(),
  reservation_key: text.optional(),
  user_identity_id: id.optional(),
  space_id: id.optional(),
  device_id: id.optional(),
  acs_entrance_id: id.optional(),
  acs_system_id: id.optional(),
  access_code_id: id.optional(),
  search: text.optional(),
});

function find(
  { state }: Workspace,
  wanted: { readonly access_grant_id?: string | undefined; readonly access_grant_key?: string | undefined },
): Grant {
  const grant =
    wanted.access_grant_id === undefined
      ? [...state.grants.values()].find((other) => other.key !== null && other.key === wanted.access_grant_key)
      : state.grants.get(wanted.access_grant_id);
  if (grant === undefined) throw notFound('access_grant');
  return grant;
}

function matches(workspace: Workspace, query: z.infer<typeof listParameters>): (grant: Grant) => boolean {
  const same = <T>(wanted: T | null | undefined, value: T | null): boolean => wanted === undefined || wanted === null || wanted === value;
  return (grant) => {
    // The codes of a grant have no records of their own here.
    if (query.access_code_id !== undefined) return false;
    if (query.access_grant_ids !== undefined && !query.access_grant_ids.includes(grant.id)) return false;
    if (
      !same(query.access_grant_key, grant.key) ||
      !same(query.reservation_key, grant.reservationKey) ||
      !same(query.user_identity_id, grant.identityId)
    )
      return false;
    if (query.space_id !== undefined && !grant.spaceIds.includes(query.space_id)) return false;
    const { search } = query;
    if (search !== undefined && ![grant.name, grant.key, grant.id].some((value) => value?.includes(search))) return false;
    if (query.device_id === undefined && query.acs_entrance_id === undefined && query.acs_system_id === undefined) return true;
    const doors = doorsOfGrant(workspace, grant);
    return (
      (query.device_id === undefined || doors.devices.some((device) => device.deviceId === query.device_id)) &&
      (query.acs_entrance_id === undefined || doors.entrances.some((entrance) => entrance.acsEntranceId === query.acs_entrance_id)) &&
      (query.acs_system_id === undefined || doors.entrances.some((entrance) => entrance.acsSystemId === query.acs_system_id))
    );
  };
}

export function grantRoutes(workspace: Workspace): Routes {
  const show = (grant: Grant): object => ({ access_grant: showGrant(workspace, grant) });
  return {
    '/access_grants/create': route('POST', grantRequest, (given) => show(createGrant(workspace, given))),
    '/access_grants/get': route('GET', byEither, (wanted) => show(find(workspace, wanted))),
    '/access_grants/list': route('GET', listParameters, (query) => {
      const found = page([...workspace.state.grants.values()].filter(matches(workspace, query)), query);
      return { access_grants: found.records.map((grant) => showGrant(workspace, grant)), pagination: found.pagination };
    }),
    '/access_grants/update': route('PATCH', grantUpdate, (given) => {
      updateGrant(workspace, { grant: find(workspace, given), given });
      return {};
    }),
    '/access_grants/delete': route('DELETE', z.object({ access_grant_id: id }), (wanted) => {
      endGrant(workspace, find(workspace, wanted));
      return {};
    }),
    '/access_grants/request_access_methods': route(
      'POST',
      z.object({ access_grant_id: id, requested_access_methods: requestedMethods }),
      (given) => {
        const grant = find(workspace, given);
        requestMethods(workspace, { grant, requested: asRequested(given.requested_access_methods) });
        return show(grant);
      },
    ),
  };
}
