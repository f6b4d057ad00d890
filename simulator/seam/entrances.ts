/** /acs/entrances: the doors of access control systems. */
import { z } from 'zod';
import { complaintsOf } from './ailments.ts';
import { entranceOf } from './doors.ts';
import type { EstateEntrance } from './estate.ts';
import { page } from './page.ts';
import { id, list, pageParameters, text } from './parameters.ts';
import { type Routes, route } from './route.ts';
import { iso, type Workspace } from './workspace.ts';

export function showEntrance(workspace: Workspace, entrance: EstateEntrance): object {
  const { state, estate, settings } = workspace;
  const { errors, warnings } = complaintsOf(workspace, entrance.acsEntranceId);
  const created_at = iso(state.createdAt);
  const offline = settings.offlineDoors.includes(entrance.acsEntranceId);
  return {
    acs_entrance_id: entrance.acsEntranceId,
    acs_system_id: entrance.acsSystemId,
    connected_account_id: state.connectedAccountId,
    display_name: entrance.name,
    created_at,
    space_ids: estate.spaces.filter((space) => space.entranceIds.includes(entrance.acsEntranceId)).map((space) => space.spaceId),
    can_unlock_with_code: entrance.opensWith.includes('code'),
    can_unlock_with_card: entrance.opensWith.includes('card'),
    can_unlock_with_mobile_key: entrance.opensWith.includes('mobile_key'),
    can_unlock_with_cloud_key: entrance.opensWith.includes('cloud_key'),
    can_belong_to_reservation: entrance.canBelongToReservation,
    is_locked: true,
    errors: [...(offline ? [{ created_at, error_code: 'entrance_offline', message: 'The entrance is offline.' }] : []), ...errors],
    warnings,
  };
}

const listParameters = z.object({
  ...pageParameters,
  acs_entrance_ids: list(id).optional(),
  acs_system_id: id.optional(),
  access_method_id: id.optional(),
  space_id: id.optional(),
  search: text.optional(),
});

function find({ state, estate }: Workspace, query: z.infer<typeof listParameters>): readonly EstateEntrance[] {
  const ofMethod = query.access_method_id === undefined ? undefined : (state.methods.get(query.access_method_id)?.entranceIds ?? []);
  const ofSpace =
    query.space_id === undefined ? undefined : (estate.spaces.find((space) => space.spaceId === query.space_id)?.entranceIds ?? []);
  return estate.entrances.filter(
    ({ acsEntranceId, acsSystemId, name }) =>
      (query.acs_entrance_ids?.includes(acsEntranceId) ?? true) &&
      (query.acs_system_id === undefined || query.acs_system_id === acsSystemId) &&
      (ofMethod?.includes(acsEntranceId) ?? true) &&
      (ofSpace?.includes(acsEntranceId) ?? true) &&
      (query.search === undefined || name.includes(query.search)),
  );
}

export function entranceRoutes(workspace: Workspace): Routes {
  return {
    '/acs/entrances/get': route('GET', z.object({ acs_entrance_id: id }), (wanted) => ({
      acs_entrance: showEntrance(workspace, entranceOf(workspace, wanted.acs_entrance_id)),
    })),
    '/acs/entrances/list': route('GET', listParameters, (query) => {
      const found = page(
        find(workspace, query).map((entrance) => ({ entrance, seq: workspace.estate.entrances.indexOf(entrance) + 1 })),
        query,
      );
      return { acs_entrances: found.records.map(({ entrance }) => showEntrance(workspace, entrance)), pagination: found.pagination };
    }),
  };
}
