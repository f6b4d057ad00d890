/** /spaces: named sets of doors, such as an apartment with its gate. */
import { z } from 'zod';
import { spaceOf } from './doors.ts';
import { invalid } from './errors.ts';
import type { EstateSpace } from './estate.ts';
import { page } from './page.ts';
import { id, pageParameters, text } from './parameters.ts';
import { type Routes, route } from './route.ts';
import { born, type Workspace } from './workspace.ts';

export function showSpace(workspace: Workspace, space: EstateSpace): object {
  return {
    ...born(workspace, workspace.state.createdAt),
    space_id: space.spaceId,
    space_key: space.spaceKey,
    name: space.name,
    display_name: space.name,
    device_count: space.deviceIds.length,
    acs_entrance_count: space.entranceIds.length,
  };
}

export function spaceRoutes(workspace: Workspace): Routes {
  const { spaces } = workspace.estate;
  return {
    '/spaces/get': route('GET', z.object({ space_id: id.optional(), space_key: text.optional() }), (wanted) => {
      const idOrKey = wanted.space_id ?? wanted.space_key;
      if (idOrKey === undefined) throw invalid('space_id', 'Either space_id or space_key is required');
      return { space: showSpace(workspace, spaceOf(workspace, idOrKey)) };
    }),
    '/spaces/list': route('GET', z.object({ ...pageParameters, space_key: text.optional(), search: text.optional() }), (query) => {
      const matching = spaces.filter(
        (space) =>
          (query.space_key === undefined || space.spaceKey === query.space_key) &&
          (query.search === undefined || space.name.includes(query.search)),
      );
      const found = page(
        matching.map((space) => ({ space, seq: spaces.indexOf(space) + 1 })),
        query,
      );
      return { spaces: found.records.map(({ space }) => showSpace(workspace, space)), pagination: found.pagination };
    }),
  };
}
