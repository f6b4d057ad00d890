/** /access_methods and /locks/unlock_door: reading, deleting, encoding and using the single credentials. */
import { z } from 'zod';
import { showAttempt } from './action-attempts.ts';
import { assignCard, encode } from './cards.ts';
import { endMethod } from './endings.ts';
import { invalid } from './errors.ts';
import { methodOf, methodsOf, showMethod } from './methods.ts';
import { page } from './page.ts';
import { id, pageParameters, text } from './parameters.ts';
import type { Method } from './records.ts';
import { type Routes, route } from './route.ts';
import { unlockDevice, unlockEntrance } from './unlocks.ts';
import type { Workspace } from './workspace.ts';

const listParameters = z.object({
  ...pageParameters,
  access_grant_id: id.optional(),
  access_grant_key: text.optional(),
  acs_entrance_id: id.optional(),
  device_id: id.optional(),
  space_id: id.optional(),
});
const deletion = z.object({ access_method_id: id.optional(), access_grant_id: id.optional(), reservation_key: text.optional() });

function listed({ state }: Workspace, query: z.infer<typeof listParameters>): readonly Method[] {
  return [...state.methods.values()].filter((method) => {
    const grant = state.grants.get(method.grantId);
    return (
      (query.access_grant_id === undefined || method.grantId === query.access_grant_id) &&
      (query.access_grant_key === undefined || grant?.key === query.access_grant_key) &&
      (query.acs_entrance_id === undefined || method.entranceIds.includes(query.acs_entrance_id)) &&
      (query.device_id === undefined || method.deviceIds.includes(query.device_id)) &&
      (query.space_id === undefined || (grant?.spaceIds.includes(query.space_id) ?? false))
    );
  });
}

/** @throws SeamError 400 when nothing is named, 404 for a method that does not exist */
function toDelete(workspace: Workspace, given: z.infer<typeof deletion>): readonly Method[] {
  if (given.access_method_id !== undefined) return [methodOf(workspace, given.access_method_id)];
  const grants = [...workspace.state.grants.values()];
  if (given.access_grant_id !== undefined) return listed(workspace, { limit: 1, access_grant_id: given.access_grant_id });
  if (given.reservation_key === undefined)
    throw invalid('access_method_id', 'One of access_method_id, access_grant_id and reservation_key is required');
  return grants.filter((grant) => grant.reservationKey === given.reservation_key).flatMap((grant) => methodsOf(workspace, grant));
}

export function methodRoutes(workspace: Workspace): Routes {
  const byId = z.object({ access_method_id: id });
  const method = (wanted: z.infer<typeof byId>): Method => methodOf(workspace, wanted.access_method_id);
  return {
    '/access_methods/get': route('GET', byId, (wanted) => ({ access_method: showMethod(workspace, method(wanted)) })),
    '/access_methods/list': route('GET', listParameters, (query) => {
      const found = page(listed(workspace, query), query);
      return { access_methods: found.records.map((one) => showMethod(workspace, one)), pagination: found.pagination };
    }),
    '/access_methods/delete': route('DELETE', deletion, (given) => {
      for (const one of toDelete(workspace, given)) endMethod(workspace, one);
      return {};
    }),
    '/access_methods/encode': route('POST', byId.extend({ acs_encoder_id: id }), (given) => ({
      action_attempt: showAttempt(encode(workspace, { method: method(given), encoderId: given.acs_encoder_id })),
    })),
    '/access_methods/assign_card': route('POST', byId.extend({ card_number: text }), (given) => ({
      action_attempt: showAttempt(assignCard(workspace, method(given))),
    })),
    '/access_methods/unlock_door': route('POST', byId.extend({ acs_entrance_id: id }), (given) => ({
      action_attempt: showAttempt(unlockEntrance(workspace, { method: method(given), entranceId: given.acs_entrance_id })),
    })),
    '/locks/unlock_door': route('POST', z.object({ device_id: id }), ({ device_id }) => ({
      action_attempt: showAttempt(unlockDevice(workspace, device_id)),
    })),
  };
}
