/** /acs/credentials, and the encoder that writes one of them to a card. */
import { z } from 'zod';
import {
  createCredential,
  credentialEvent,
  credentialOf,
  encodeCredential,
  endCredential,
  showCredential,
  unlockByCredential,
} from './acs-credentials.ts';
import { userOf } from './acs-users.ts';
import { showAttempt } from './action-attempts.ts';
import { encode } from './cards.ts';
import { entranceOf } from './doors.ts';
import { showEntrance } from './entrances.ts';
import { invalid } from './errors.ts';
import { assertTimes } from './grant-request.ts';
import type { AcsCredential } from './low-level-records.ts';
import { methodOf } from './methods.ts';
import { page } from './page.ts';
import { id, list, pageParameters, text, time } from './parameters.ts';
import { MODES } from './records.ts';
import { type Routes, route } from './route.ts';
import type { Workspace } from './workspace.ts';

const digits = z.string().regex(/^\d+$/, 'Expected digits');
const person = { acs_user_id: id.optional(), user_identity_id: id.optional(), acs_system_id: id.optional() };
const metadata = z.record(z.string(), z.unknown()).optional();
const newCredential = z.object({
  ...person,
  access_method: z.enum(MODES),
  allowed_acs_entrance_ids: list(id).default([]),
  code: digits.optional(),
  credential_manager_acs_system_id: id.optional(),
  is_multi_phone_sync_credential: z.boolean().default(false),
  starts_at: time.optional(),
  ends_at: time.optional(),
  visionline_metadata: metadata,
  assa_abloy_vostio_metadata: metadata,
  salto_space_metadata: metadata,
});
const byId = z.object({ acs_credential_id: id });
const change = byId.extend({ code: digits.optional(), ends_at: time.optional() });
const listParameters = z.object({ ...pageParameters, ...person, search: text.optional() });

function create(workspace: Workspace, given: z.output<typeof newCredential>): AcsCredential {
  const user = userOf(workspace, given);
  const entranceIds = given.allowed_acs_entrance_ids.map((entranceId) => entranceOf(workspace, entranceId).acsEntranceId);
  const times = { startsAt: given.starts_at ?? Date.now(), endsAt: given.ends_at ?? null };
  assertTimes(times);
  if (given.code !== undefined && workspace.settings.refuseCodes) throw invalid('code', 'The system does not take this code');
  return createCredential(workspace, {
    ...times,
    systemId: user.systemId,
    userId: user.id,
    mode: given.access_method,
    entranceIds,
    isMultiPhoneSync: given.is_multi_phone_sync_credential,
    wantedCode: given.code ?? null,
  });
}

/** A card that has another end now has to be encoded again, in a system that encodes its cards. */
function update(workspace: Workspace, given: z.output<typeof change>): AcsCredential {
  const credential = credentialOf(workspace, given.acs_credential_id);
  assertTimes({ startsAt: credential.startsAt, endsAt: given.ends_at ?? null });
  credential.endsAt = given.ends_at ?? credential.endsAt;
  credential.needsEncoding = credential.mode === 'card' && workspace.settings.cardsBy === 'encoding';
  if (given.code !== undefined && credential.code !== null) {
    credential.code = given.code;
    workspace.emit('acs_credential.reissued', credentialEvent(workspace, credential));
  }
  return credential;
}

export function acsCredentialRoutes(workspace: Workspace): Routes {
  const { acsCredentials, acsUsers } = workspace.state;
  const shown = (credential: AcsCredential): object => ({ acs_credential: showCredential(workspace, credential) });
  const matches = (credential: AcsCredential, query: z.output<typeof listParameters>): boolean =>
    (query.acs_system_id === undefined || credential.systemId === query.acs_system_id) &&
    (query.acs_user_id === undefined || credential.userId === query.acs_user_id) &&
    (query.user_identity_id === undefined || acsUsers.get(credential.userId ?? '')?.identityId === query.user_identity_id) &&
    (query.search === undefined ||
      [credential.id, credential.code, credential.cardNumber].some((value) => value?.includes(query.search ?? '')));
  return {
    '/acs/credentials/create': route('POST', newCredential, (given) => shown(create(workspace, given))),
    '/acs/credentials/get': route('GET', byId, (wanted) => shown(credentialOf(workspace, wanted.acs_credential_id))),
    '/acs/credentials/list': route('GET', listParameters, (query) => {
      const found = page(
        [...acsCredentials.values()].filter((credential) => matches(credential, query)),
        query,
      );
      return { acs_credentials: found.records.map((credential) => showCredential(workspace, credential)), pagination: found.pagination };
    }),
    '/acs/credentials/list_accessible_entrances': route('GET', byId, (wanted) => {
      const { entranceIds, userId } = credentialOf(workspace, wanted.acs_credential_id);
      const opened = userId === null ? [] : entranceIds;
      return { acs_entrances: opened.map((entranceId) => showEntrance(workspace, entranceOf(workspace, entranceId))) };
    }),
    '/acs/credentials/update': route('PATCH', change, (given) => shown(update(workspace, given))),
    '/acs/credentials/assign': route('PATCH', byId.extend(person), ({ acs_credential_id, ...wanted }) => {
      const credential = credentialOf(workspace, acs_credential_id);
      credential.userId = userOf(workspace, wanted).id;
      return shown(credential);
    }),
    '/acs/credentials/unassign': route('PATCH', byId.extend(person), ({ acs_credential_id }) => {
      const credential = credentialOf(workspace, acs_credential_id);
      credential.userId = null;
      return shown(credential);
    }),
    '/acs/credentials/delete': route('DELETE', byId, (wanted) => {
      endCredential(workspace, credentialOf(workspace, wanted.acs_credential_id));
      return {};
    }),
    '/acs/entrances/list_credentials_with_access': route('GET', z.object({ acs_entrance_id: id }), (wanted) => {
      const { acsEntranceId } = entranceOf(workspace, wanted.acs_entrance_id);
      const opening = [...acsCredentials.values()].filter(
        ({ userId, entranceIds }) => userId !== null && entranceIds.includes(acsEntranceId),
      );
      return { acs_credentials: opening.map((credential) => showCredential(workspace, credential)) };
    }),
    '/acs/entrances/unlock': route('POST', byId.extend({ acs_entrance_id: id }), ({ acs_credential_id, acs_entrance_id: entranceId }) => ({
      action_attempt: showAttempt(unlockByCredential(workspace, { credential: credentialOf(workspace, acs_credential_id), entranceId })),
    })),
    '/acs/encoders/encode_credential': route(
      'POST',
      z.object({ acs_encoder_id: id, acs_credential_id: id.optional(), access_method_id: id.optional() }),
      ({ acs_encoder_id: encoderId, acs_credential_id, access_method_id }) => {
        if (acs_credential_id === undefined && access_method_id === undefined)
          throw invalid('acs_credential_id', 'Either it or access_method_id is required');
        const attempt =
          acs_credential_id === undefined
            ? encode(workspace, { method: methodOf(workspace, access_method_id ?? ''), encoderId })
            : encodeCredential(workspace, { credential: credentialOf(workspace, acs_credential_id), encoderId });
        return { action_attempt: showAttempt(attempt) };
      },
    ),
  };
}
