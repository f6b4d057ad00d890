/** /spaces: named sets of doors, such as an apartment with its gate. Those of the estate can be changed, and others made. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { deviceOf, entranceOf, spaceOf } from './doors.ts';
import { duplicate, invalid } from './errors.ts';
import type { EstateSpace } from './estate.ts';
import { page } from './page.ts';
import { id, list, pageParameters, text } from './parameters.ts';
import type { Space } from './records.ts';
import { type Routes, route } from './route.ts';
import { joinSpace } from './space-members.ts';
import { born, type Workspace } from './workspace.ts';

export function showSpace(workspace: Workspace, space: EstateSpace): object {
  return {
    ...born(workspace, workspace.state.createdAt),
    space_id: space.spaceId,
    ...(space.spaceKey === null ? {} : { space_key: space.spaceKey }),
    name: space.name,
    display_name: space.name,
    device_count: space.deviceIds.length,
    acs_entrance_count: space.entranceIds.length,
  };
}

const members = { acs_entrance_ids: list(id).optional(), device_ids: list(id).optional() };
const byName = z.object({ space_id: id.optional(), space_key: text.optional() });
const newSpace = z.object({ ...members, name: text, space_key: text.optional(), customer_key: text.optional() });
const change = byName.extend({ ...members, name: text.optional() });

/** @throws SeamError 400, 404 */
function named(workspace: Workspace, wanted: z.output<typeof byName>): EstateSpace {
  const idOrKey = wanted.space_id ?? wanted.space_key;
  if (idOrKey === undefined) throw invalid('space_id', 'Either space_id or space_key is required');
  return spaceOf(workspace, idOrKey);
}

interface Members {
  readonly acs_entrance_ids?: readonly string[] | undefined;
  readonly device_ids?: readonly string[] | undefined;
}

/** @throws SeamError 404 for a door that does not exist */
function keep(
  workspace: Workspace,
  { space, to, name }: { readonly space: EstateSpace; readonly to: Members; readonly name: string },
): Space {
  const { state } = workspace;
  const record: Space = {
    seq: state.spaces.get(space.spaceId)?.seq ?? workspace.next(),
    id: space.spaceId,
    createdAt: Date.now(),
    key: space.spaceKey,
    name,
    entranceIds: (to.acs_entrance_ids ?? space.entranceIds).map((one) => entranceOf(workspace, one).acsEntranceId),
    deviceIds: (to.device_ids ?? space.deviceIds).map((one) => deviceOf(workspace, one).deviceId),
  };
  state.spaces.set(record.id, record);
  joinSpace(workspace, { before: space, after: record });
  return record;
}

function createSpace(workspace: Workspace, given: z.output<typeof newSpace>): EstateSpace {
  const spaceKey = given.space_key ?? null;
  if (spaceKey !== null && workspace.estate.spaces.some((other) => other.spaceKey === spaceKey)) throw duplicate('space_key');
  const empty: EstateSpace = { spaceId: randomUUID(), spaceKey, name: given.name, entranceIds: [], deviceIds: [] };
  keep(workspace, { space: empty, to: given, name: given.name });
  return spaceOf(workspace, empty.spaceId);
}

/** The lists as they will be: adding and removing are changes of the whole. */
function withMembers(
  workspace: Workspace,
  { space_id, change: of }: { readonly space_id: string; readonly change: (space: EstateSpace) => Members },
): object {
  const space = spaceOf(workspace, space_id);
  keep(workspace, { space, to: of(space), name: space.name });
  return {};
}

const plus = (all: readonly string[], some: readonly string[]): readonly string[] => [...new Set([...all, ...some])];
const minus = (all: readonly string[], some: readonly string[]): readonly string[] => all.filter((one) => !some.includes(one));

export function spaceRoutes(workspace: Workspace): Routes {
  const entrances = z.object({ space_id: id, acs_entrance_ids: list(id) });
  const devices = z.object({ space_id: id, device_ids: list(id) });
  return {
    '/spaces/get': route('GET', byName, (wanted) => ({ space: showSpace(workspace, named(workspace, wanted)) })),
    '/spaces/create': route('POST', newSpace, (given) => ({ space: showSpace(workspace, createSpace(workspace, given)) })),
    '/spaces/update': route('PATCH', change, (given) => {
      const space = named(workspace, given);
      keep(workspace, { space, to: given, name: given.name ?? space.name });
      return { space: showSpace(workspace, spaceOf(workspace, space.spaceId)) };
    }),
    '/spaces/add_acs_entrances': route('PUT', entrances, ({ space_id, acs_entrance_ids }) =>
      withMembers(workspace, { space_id, change: (space) => ({ acs_entrance_ids: plus(space.entranceIds, acs_entrance_ids) }) }),
    ),
    '/spaces/remove_acs_entrances': route('DELETE', entrances, ({ space_id, acs_entrance_ids }) =>
      withMembers(workspace, { space_id, change: (space) => ({ acs_entrance_ids: minus(space.entranceIds, acs_entrance_ids) }) }),
    ),
    '/spaces/add_devices': route('PUT', devices, ({ space_id, device_ids }) =>
      withMembers(workspace, { space_id, change: (space) => ({ device_ids: plus(space.deviceIds, device_ids) }) }),
    ),
    '/spaces/remove_devices': route('DELETE', devices, ({ space_id, device_ids }) =>
      withMembers(workspace, { space_id, change: (space) => ({ device_ids: minus(space.deviceIds, device_ids) }) }),
    ),
    '/spaces/list': route('GET', z.object({ ...pageParameters, space_key: text.optional(), search: text.optional() }), (query) => {
      const { spaces } = workspace.estate;
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
