/** /acs/access_groups: the groups of access systems, and who is in them. */
import { z } from 'zod';
import type { EstateAccessGroup } from './estate.ts';
import { id, text } from './parameters.ts';
import { type Routes, route } from './route.ts';
import { born, type Workspace } from './workspace.ts';

function showGroup(workspace: Workspace, group: EstateAccessGroup): object {
  const kind = { access_group_type: 'salto_ks_access_group', access_group_type_display_name: 'Salto KS access group' };
  return {
    ...born(workspace, workspace.state.createdAt),
    ...kind,
    acs_access_group_id: group.acsAccessGroupId,
    acs_system_id: group.acsSystemId,
    connected_account_id: workspace.state.connectedAccountId,
    name: group.name,
    display_name: group.name,
    external_type: kind.access_group_type,
    external_type_display_name: kind.access_group_type_display_name,
    is_managed: true,
    pending_mutations: [],
    errors: [],
    warnings: [],
  };
}

const listParameters = z.object({
  acs_system_id: id.optional(),
  acs_user_id: id.optional(),
  user_identity_id: id.optional(),
  search: text.optional(),
});

export function acsGroupRoutes(workspace: Workspace): Routes {
  return {
    '/acs/access_groups/list': route('GET', listParameters, ({ acs_system_id, acs_user_id, user_identity_id, search }) => {
      const users = [...workspace.state.acsUsers.values()].filter(
        (user) => user.id === acs_user_id || user.identityId === user_identity_id,
      );
      const ofUsers = acs_user_id === undefined && user_identity_id === undefined ? null : users.flatMap((user) => user.groupIds);
      const found = (workspace.estate.accessGroups ?? []).filter(
        (group) =>
          (acs_system_id === undefined || group.acsSystemId === acs_system_id) &&
          (ofUsers === null || ofUsers.includes(group.acsAccessGroupId)) &&
          (search === undefined || group.name.includes(search)),
      );
      return { acs_access_groups: found.map((group) => showGroup(workspace, group)) };
    }),
  };
}
