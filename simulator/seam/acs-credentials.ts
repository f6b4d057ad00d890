/** Credentials of access systems: issued after a while, or encoded by a person; their end can be moved, their start cannot. */
import { randomInt, randomUUID } from 'node:crypto';
import { beginAttempt, endAttempt } from './action-attempts.ts';
import { isOffline } from './doors.ts';
import { invalid, notFound, SeamError } from './errors.ts';
import type { AcsCredential, AcsUser } from './low-level-records.ts';
import { nameOfMode } from './methods.ts';
import type { ActionAttempt } from './records.ts';
import { encoderOf } from './systems.ts';
import { born, iso, type Workspace } from './workspace.ts';

export type NewCredential = Pick<
  AcsCredential,
  'systemId' | 'userId' | 'mode' | 'entranceIds' | 'isMultiPhoneSync' | 'startsAt' | 'endsAt' | 'wantedCode'
>;

export function createCredential(workspace: Workspace, given: NewCredential): AcsCredential {
  const credential: AcsCredential = {
    ...given,
    seq: workspace.next(),
    id: randomUUID(),
    createdAt: Date.now(),
    code: null,
    cardNumber: null,
    issuedAt: null,
    needsEncoding: given.mode === 'card',
    beingDeleted: false,
  };
  workspace.state.acsCredentials.set(credential.id, credential);
  workspace.schedule({ at: Date.now() + workspace.settings.issuanceDelayMs, kind: 'issue_credential', id: credential.id });
  return credential;
}

/** @throws SeamError 404 */
export function credentialOf(workspace: Workspace, credentialId: string): AcsCredential {
  const credential = workspace.state.acsCredentials.get(credentialId);
  if (credential === undefined) throw notFound('acs_credential');
  return credential;
}

export const credentialsOfUser = ({ state }: Workspace, user: AcsUser): readonly AcsCredential[] =>
  [...state.acsCredentials.values()].filter((credential) => credential.userId === user.id);

function warningsOf(credential: AcsCredential, created_at: string): readonly object[] {
  const warnings: object[] = [];
  if (credential.issuedAt === null) warnings.push({ warning_code: 'waiting_to_be_issued', message: 'The credential waits to be issued.' });
  if (credential.issuedAt !== null && credential.needsEncoding)
    warnings.push({ warning_code: 'needs_to_be_reissued', message: 'The card has to be encoded again.' });
  if (credential.beingDeleted) warnings.push({ warning_code: 'being_deleted', message: 'The credential is being deleted.' });
  return warnings.map((warning) => ({ created_at, ...warning }));
}

export function showCredential(workspace: Workspace, credential: AcsCredential): object {
  const base = born(workspace, credential.createdAt);
  const user = workspace.state.acsUsers.get(credential.userId ?? '');
  return {
    ...base,
    acs_credential_id: credential.id,
    acs_system_id: credential.systemId,
    connected_account_id: workspace.state.connectedAccountId,
    ...(user === undefined ? {} : { acs_user_id: user.id }),
    ...(user === undefined || user.identityId === null ? {} : { user_identity_id: user.identityId }),
    access_method: credential.mode,
    display_name: nameOfMode(credential.mode),
    ...(credential.mode === 'code' ? { code: credential.code } : {}),
    ...(credential.mode === 'card' ? { card_number: credential.cardNumber } : {}),
    starts_at: iso(credential.startsAt),
    ...(credential.endsAt === null ? {} : { ends_at: iso(credential.endsAt) }),
    is_issued: credential.issuedAt !== null,
    issued_at: credential.issuedAt === null ? null : iso(credential.issuedAt),
    is_managed: true,
    is_multi_phone_sync_credential: credential.isMultiPhoneSync,
    errors: [],
    warnings: warningsOf(credential, base.created_at),
  };
}

export const credentialEvent = (workspace: Workspace, credential: AcsCredential): object => ({
  acs_credential_id: credential.id,
  acs_system_id: credential.systemId,
  connected_account_id: workspace.state.connectedAccountId,
});

export function issueCredential(workspace: Workspace, credential: AcsCredential): void {
  const isBlocked = workspace.settings.holdIssuance || credential.entranceIds.some((id) => isOffline(workspace, id));
  if (credential.mode === 'card' || credential.issuedAt !== null || credential.beingDeleted || isBlocked) return;
  if (credential.mode === 'code') credential.code = credential.wantedCode ?? String(randomInt(1_000_000)).padStart(6, '0');
  finishCredential(workspace, credential);
}

function finishCredential(workspace: Workspace, credential: AcsCredential): void {
  const again = credential.issuedAt !== null;
  credential.issuedAt = Date.now();
  credential.needsEncoding = false;
  workspace.emit(again ? 'acs_credential.reissued' : 'acs_credential.issued', credentialEvent(workspace, credential));
}

/** @throws SeamError 400 where it is no card, 404 for an unknown encoder */
export function encodeCredential(
  workspace: Workspace,
  { credential, encoderId }: { readonly credential: AcsCredential; readonly encoderId: string },
): ActionAttempt {
  encoderOf(workspace, encoderId);
  if (credential.mode !== 'card') throw invalid('acs_credential_id', 'Not a card');
  return beginAttempt(workspace, { type: 'ENCODE_CREDENTIAL', doorId: null, methodId: null, credentialId: credential.id });
}

/** @throws SeamError 400 where it is no issued cloud key of this entrance, or its times are not now */
export function unlockByCredential(
  workspace: Workspace,
  { credential, entranceId }: { readonly credential: AcsCredential; readonly entranceId: string },
): ActionAttempt {
  const { mode, entranceIds, startsAt, endsAt, issuedAt } = credential;
  if (mode !== 'cloud_key' || !entranceIds.includes(entranceId)) throw invalid('acs_credential_id', 'Not a cloud key of this entrance');
  const isOpen = issuedAt !== null && startsAt <= Date.now() && (endsAt === null || endsAt > Date.now());
  if (!isOpen) throw new SeamError({ status: 400, type: 'acs_credential_not_active', message: 'The credential is not active' });
  return beginAttempt(workspace, { type: 'UNLOCK_DOOR', doorId: entranceId, methodId: null });
}

export function finishEncoding(
  workspace: Workspace,
  { attempt, credentialId }: { readonly attempt: ActionAttempt; readonly credentialId: string },
): void {
  const credential = workspace.state.acsCredentials.get(credentialId);
  const type = credential === undefined ? 'credential_deleted' : workspace.settings.encodingError;
  if (credential === undefined || type !== null) {
    endAttempt(attempt, { error: { type: type ?? 'uncategorized_error', message: 'The card was not written.' } });
    return;
  }
  credential.cardNumber = String(randomInt(1e9));
  finishCredential(workspace, credential);
  endAttempt(attempt, { result: showCredential(workspace, credential) });
}

export function endCredential(workspace: Workspace, credential: AcsCredential): void {
  const { deletesDoNotTake, deleteDelayMs } = workspace.settings;
  if (deletesDoNotTake) return;
  credential.beingDeleted = true;
  if (deleteDelayMs === 0) dropCredential(workspace, credential);
  else workspace.schedule({ at: Date.now() + deleteDelayMs, kind: 'delete_credential', id: credential.id });
}

export function dropCredential(workspace: Workspace, credential: AcsCredential): void {
  workspace.state.acsCredentials.delete(credential.id);
  workspace.emit('acs_credential.deleted', credentialEvent(workspace, credential));
}
