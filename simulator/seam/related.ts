/** The `get_related` routes: everything around some grants, methods or spaces in one answer, narrowed by `include` and `exclude`. */
import { z } from 'zod';
import { showSession } from './client-sessions.ts';
import { showDevice } from './devices.ts';
import { type Doors, doorsOfGrant } from './doors.ts';
import { showEntrance } from './entrances.ts';
import { showGrant } from './grant-view.ts';
import { showIdentity } from './identities.ts';
import { showInstantKey } from './instant-keys.ts';
import { methodsOf, showMethod } from './methods.ts';
import { id, list, text } from './parameters.ts';
import { type Routes, route } from './route.ts';
import { showSpace } from './spaces.ts';
import { showSystem } from './systems.ts';
import type { Workspace } from './workspace.ts';

const filters = { include: list(text).optional(), exclude: list(text).optional() };
interface Filters {
  readonly include?: readonly string[] | undefined;
  readonly exclude?: readonly string[] | undefined;
}
type Batch = Readonly<Record<string, readonly object[]>>;

const narrow = (batch: Batch, { include, exclude }: Filters): object =>
  Object.fromEntries(Object.entries(batch).filter(([noun]) => (include?.includes(noun) ?? true) && !exclude?.includes(noun)));

/** Each once, in order of first sight. */
const present = <T>(...lists: readonly (readonly (T | undefined)[])[]): T[] =>
  [...new Set(lists.flat())].filter((one) => one !== undefined);

function around(workspace: Workspace, { entrances, devices }: Doors): Batch {
  const ids = new Set([...entrances.map((entrance) => entrance.acsEntranceId), ...devices.map((device) => device.deviceId)]);
  const systems = workspace.estate.systems.filter((system) => entrances.some((entrance) => entrance.acsSystemId === system.acsSystemId));
  const spaces = workspace.estate.spaces.filter((space) => [...space.entranceIds, ...space.deviceIds].some((door) => ids.has(door)));
  return {
    acs_entrances: entrances.map((entrance) => showEntrance(workspace, entrance)),
    devices: devices.map((device) => showDevice(workspace, device)),
    acs_systems: systems.map((system) => showSystem(workspace, system)),
    spaces: spaces.map((space) => showSpace(workspace, space)),
    connected_accounts: [],
  };
}

const union = (all: readonly Doors[]): Doors => ({
  entrances: present(...all.map((doors) => doors.entrances)),
  devices: present(...all.map((doors) => doors.devices)),
});

const grantParameters = z.object({ ...filters, access_grant_ids: list(id).default([]), access_grant_keys: list(text).default([]) });
const methodParameters = z.object({ ...filters, access_method_ids: list(id) });
const spaceParameters = z.object({ ...filters, space_ids: list(id).default([]), space_keys: list(text).default([]) });

type GrantQuery = z.infer<typeof grantParameters>;
type MethodQuery = z.infer<typeof methodParameters>;
type SpaceQuery = z.infer<typeof spaceParameters>;

function aroundGrants(workspace: Workspace, query: GrantQuery): Batch {
  const { grants, identities } = workspace.state;
  const found = [...grants.values()].filter(
    (grant) => query.access_grant_ids.includes(grant.id) || (grant.key !== null && query.access_grant_keys.includes(grant.key)),
  );
  const people = present(found.map((grant) => identities.get(grant.identityId)));
  // The spaces that the grants name, not every space that one of their doors is in as well.
  const spaces = workspace.estate.spaces.filter((space) => found.some((grant) => grant.spaceIds.includes(space.spaceId)));
  return {
    ...around(workspace, union(found.map((grant) => doorsOfGrant(workspace, grant)))),
    spaces: spaces.map((space) => showSpace(workspace, space)),
    access_methods: found.flatMap((grant) => methodsOf(workspace, grant)).map((method) => showMethod(workspace, method)),
    user_identities: people.map((identity) => showIdentity(workspace, identity)),
    acs_access_groups: [],
  };
}

function aroundMethods(workspace: Workspace, query: MethodQuery): Batch {
  const { methods, grants, instantKeys, sessions } = workspace.state;
  const found = present(query.access_method_ids.map((methodId) => methods.get(methodId)));
  const keys = present(found.map((method) => (method.instantKeyId === null ? undefined : instantKeys.get(method.instantKeyId))));
  const doors = found.map((method) => doorsOfGrant(workspace, { ...method, spaceIds: [] }));
  const { acs_entrances = [], devices = [], spaces = [] } = around(workspace, union(doors));
  return {
    acs_entrances,
    devices,
    spaces,
    access_grants: present(found.map((method) => grants.get(method.grantId))).map((grant) => showGrant(workspace, grant)),
    access_methods: found.map((method) => showMethod(workspace, method)),
    instant_keys: keys.map((key) => showInstantKey(workspace, key)),
    client_sessions: present(keys.map((key) => sessions.get(key.sessionId))).map((session) => showSession(workspace, session)),
    acs_credentials: [],
  };
}

function aroundSpaces(workspace: Workspace, query: SpaceQuery): Batch {
  const found = workspace.estate.spaces.filter(
    (space) => query.space_ids.includes(space.spaceId) || (space.spaceKey !== null && query.space_keys.includes(space.spaceKey)),
  );
  const doors = doorsOfGrant(workspace, { entranceIds: [], deviceIds: [], spaceIds: found.map((space) => space.spaceId) });
  return { ...around(workspace, doors), spaces: found.map((space) => showSpace(workspace, space)), access_methods: [] };
}

export function relatedRoutes(workspace: Workspace): Routes {
  return {
    '/access_grants/get_related': route('GET', grantParameters, (query) => ({ batch: narrow(aroundGrants(workspace, query), query) })),
    '/access_methods/get_related': route('GET', methodParameters, (query) => ({ batch: narrow(aroundMethods(workspace, query), query) })),
    '/spaces/get_related': route('GET', spaceParameters, (query) => ({ batch: narrow(aroundSpaces(workspace, query), query) })),
  };
}
