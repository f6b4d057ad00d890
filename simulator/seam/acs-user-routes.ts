/** /acs/users */
import { z } from 'zod';
import { credentialsOfUser } from './acs-credentials.ts';
import { createUser, endUser, showUser, userOf } from './acs-users.ts';
import { entranceOf } from './doors.ts';
import { showEntrance } from './entrances.ts';
import { notFound } from './errors.ts';
import type { AcsUser } from './low-level-records.ts';
import { page } from './page.ts';
import { id, list, nullable, pageParameters, text, time } from './parameters.ts';
import { type Routes, route } from './route.ts';
import type { Workspace } from './workspace.ts';

const schedule = z.object({ starts_at: time.optional(), ends_at: nullable(time).optional() });
const person = { email_address: z.email().optional(), phone_number: text.optional() };
const newUser = z.object({
  ...person,
  acs_system_id: id,
  full_name: text,
  user_identity_id: id.optional(),
  access_schedule: schedule.optional(),
  acs_access_group_ids: list(id).default([]),
});
const byName = z.object({ acs_user_id: id.optional(), user_identity_id: id.optional(), acs_system_id: id.optional() });
const change = byName.extend({ ...person, full_name: text.optional(), access_schedule: nullable(schedule).optional() });
const listParameters = z.object({
  ...pageParameters,
  acs_system_id: id.optional(),
  user_identity_id: id.optional(),
  search: text.optional(),
});

function scheduleOf(given: z.output<typeof schedule> | null | undefined): AcsUser['schedule'] {
  return given ? { startsAt: given.starts_at ?? Date.now(), endsAt: given.ends_at ?? null } : null;
}

function update(workspace: Workspace, given: z.output<typeof change>): void {
  const user = userOf(workspace, given);
  user.fullName = given.full_name ?? user.fullName;
  user.email = given.email_address ?? user.email;
  user.phone = given.phone_number ?? user.phone;
  if (given.access_schedule !== undefined) user.schedule = scheduleOf(given.access_schedule);
}

function matches(user: AcsUser, query: z.output<typeof listParameters>): boolean {
  return (
    (query.acs_system_id === undefined || user.systemId === query.acs_system_id) &&
    (query.user_identity_id === undefined || user.identityId === query.user_identity_id) &&
    (query.search === undefined || user.fullName.includes(query.search))
  );
}

export function acsUserRoutes(workspace: Workspace): Routes {
  const { acsUsers } = workspace.state;
  const inGroup = byName.extend({ acs_access_group_id: id });
  const assertGroup = (groupId: string): void => {
    if (!workspace.estate.accessGroups?.some((group) => group.acsAccessGroupId === groupId)) throw notFound('acs_access_group');
  };
  return {
    '/acs/users/create': route('POST', newUser, (given) => {
      given.acs_access_group_ids.forEach(assertGroup);
      const user = createUser(workspace, {
        systemId: given.acs_system_id,
        identityId: given.user_identity_id ?? null,
        groupIds: given.acs_access_group_ids,
        fullName: given.full_name,
        email: given.email_address ?? null,
        phone: given.phone_number ?? null,
        schedule: scheduleOf(given.access_schedule),
      });
      return { acs_user: showUser(workspace, user) };
    }),
    '/acs/users/get': route('GET', byName, (wanted) => ({ acs_user: showUser(workspace, userOf(workspace, wanted)) })),
    '/acs/users/list': route('GET', listParameters, (query) => {
      const found = page(
        [...acsUsers.values()].filter((user) => matches(user, query)),
        query,
      );
      return { acs_users: found.records.map((user) => showUser(workspace, user)), pagination: found.pagination };
    }),
    '/acs/users/update': route('PATCH', change, (given) => {
      update(workspace, given);
      return {};
    }),
    '/acs/users/delete': route('DELETE', byName, (wanted) => {
      endUser(workspace, userOf(workspace, wanted));
      return {};
    }),
    '/acs/users/add_to_access_group': route('PUT', inGroup, ({ acs_access_group_id: groupId, ...wanted }) => {
      assertGroup(groupId);
      const { groupIds } = userOf(workspace, wanted);
      if (!groupIds.includes(groupId)) groupIds.push(groupId);
      return {};
    }),
    '/acs/users/list_accessible_entrances': route('GET', byName, (wanted) => {
      const credentials = credentialsOfUser(workspace, userOf(workspace, wanted));
      const ids = new Set(credentials.flatMap((credential) => credential.entranceIds));
      return { acs_entrances: [...ids].map((entranceId) => showEntrance(workspace, entranceOf(workspace, entranceId))) };
    }),
  };
}
