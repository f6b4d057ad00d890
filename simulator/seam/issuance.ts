/** How credentials come to be usable: issued after a while, held back by an offline door, revoked and reissued when times move. */
import { randomInt } from 'node:crypto';
import { doorsOfGrant, isOffline } from './doors.ts';
import { createMethod, eventFields, methodsOf } from './methods.ts';
import type { Grant, Method, RequestedMethod } from './records.ts';
import type { Workspace } from './workspace.ts';

/** Seam warns this long before access begins. */
const WARN_BEFORE = 10 * 60_000;

/** Without a copy of the collection: this runs for every credential. */
function isTaken(workspace: Workspace, code: string): boolean {
  for (const method of workspace.state.methods.values()) if (method.code === code) return true;
  return false;
}

function freshCode(workspace: Workspace): string {
  for (;;) {
    const code = String(randomInt(1_000_000)).padStart(6, '0');
    if (!isTaken(workspace, code)) return code;
  }
}

const sharesDoor = (a: Method, b: Method): boolean =>
  [...a.entranceIds, ...a.deviceIds].some((id) => b.entranceIds.includes(id) || b.deviceIds.includes(id));

function codeFor(workspace: Workspace, method: Method): string {
  const wanted = method.wantedCode;
  if (wanted === null) return freshCode(workspace);
  const taken = [...workspace.state.methods.values()].some(
    (other) => other.id !== method.id && other.code === wanted && sharesDoor(method, other),
  );
  return taken || workspace.settings.refuseCodes ? freshCode(workspace) : wanted;
}

/** Makes what was asked for; a mode that no door can do becomes an error of the grant. */
export function requestMethods(
  workspace: Workspace,
  { grant, requested }: { readonly grant: Grant; readonly requested: readonly RequestedMethod[] },
): void {
  const due = Date.now() + workspace.settings.issuanceDelayMs;
  for (const one of requested) {
    grant.requested.push(one);
    const method = createMethod(workspace, { grant, requested: one });
    if (method === null) {
      grant.impossibleModes.push(one.mode);
      workspace.emit('access_grant.could_not_create_requested_access_methods', {
        access_grant_id: grant.id,
        error_message: `No door of this grant can be opened with ${one.mode}`,
        missing_device_ids: doorsOfGrant(workspace, grant).devices.map((device) => device.deviceId),
      });
      continue;
    }
    workspace.schedule({ at: due, kind: 'issue', id: method.id });
    watch(workspace, { method, grant, due });
  }
}

/** Sets the two moments at which an unissued credential is complained about. */
export function watch(
  workspace: Workspace,
  { method, grant, due }: { readonly method: Method; readonly grant: Grant; readonly due: number },
): void {
  if (grant.startsAt - WARN_BEFORE > due) workspace.schedule({ at: grant.startsAt - WARN_BEFORE, kind: 'delay', id: method.id });
  workspace.schedule({ at: Math.max(grant.startsAt, due + workspace.settings.failureGraceMs), kind: 'fail', id: method.id });
}

export function complain(workspace: Workspace, { method, kind }: { readonly method: Method; readonly kind: 'delay' | 'fail' }): void {
  const startsAt = workspace.state.grants.get(method.grantId)?.startsAt ?? Number.POSITIVE_INFINITY;
  const tooEarly = Date.now() < (kind === 'delay' ? startsAt - WARN_BEFORE : startsAt);
  // A card waits for the desk, not for Seam.
  if (method.issuedAt !== null || method.mode === 'card' || tooEarly) return;
  if (kind === 'delay') method.delayed = true;
  else method.failed = true;
  workspace.emit(kind === 'delay' ? 'access_method.delay_in_issuing' : 'access_method.failed_to_issue', eventFields(workspace, method));
}

/** Issues the method now, unless it is issued, on its way out, held back, or a card that a person must encode. */
export function issue(workspace: Workspace, method: Method): void {
  const blocked = workspace.settings.holdIssuance || [...method.entranceIds, ...method.deviceIds].some((id) => isOffline(workspace, id));
  if (method.issuedAt !== null || method.beingDeleted || blocked) return;
  if (method.mode !== 'card') finishIssuance(workspace, method);
  else if (!method.readyForEncoding) {
    method.readyForEncoding = true;
    workspace.emit('access_method.card_encoding_required', eventFields(workspace, method));
  }
}

export function finishIssuance(workspace: Workspace, method: Method): void {
  if (method.mode === 'code') method.code ??= codeFor(workspace, method);
  const again = method.wasIssued;
  Object.assign(method, {
    issuedAt: Date.now(),
    wasIssued: true,
    updatingTimes: false,
    readyForEncoding: false,
    delayed: false,
    failed: false,
  });
  announce(workspace, { method, type: again ? 'access_method.reissued' : 'access_method.issued' });
  const grant = workspace.state.grants.get(method.grantId);
  if (grant !== undefined) announceDoors(workspace, { grant, method });
}

function announce(workspace: Workspace, { method, type }: { readonly method: Method; readonly type: string }): void {
  const code = method.code === null ? {} : { code: method.code, is_backup_code: method.isBackupCode };
  workspace.emit(type, { ...eventFields(workspace, method), ...code });
}

function announceDoors(workspace: Workspace, { grant, method }: { readonly grant: Grant; readonly method: Method }): void {
  for (const id of method.entranceIds.filter((id) => !grant.grantedEntranceIds.includes(id))) {
    grant.grantedEntranceIds.push(id);
    workspace.emit('access_grant.access_granted_to_door', { access_grant_id: grant.id, acs_entrance_id: id });
  }
  const doors = doorsOfGrant(workspace, grant);
  const open = new Set(
    methodsOf(workspace, grant).flatMap((other) => (other.issuedAt === null ? [] : [...other.entranceIds, ...other.deviceIds])),
  );
  const all = [...doors.entrances.map((entrance) => entrance.acsEntranceId), ...doors.devices.map((device) => device.deviceId)];
  if (grant.grantedToAll || !all.every((id) => open.has(id))) return;
  grant.grantedToAll = true;
  workspace.emit('access_grant.access_granted_to_all_doors', { access_grant_id: grant.id });
}

/** Another code takes the place of the first one, as when a lock refuses it. */
export function pullBackupCode(workspace: Workspace, method: Method): void {
  method.code = freshCode(workspace);
  method.isBackupCode = true;
  method.issuedAt = null;
  finishIssuance(workspace, method);
}
