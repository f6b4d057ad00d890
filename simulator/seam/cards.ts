/** Plastic cards: written by an encoder, or assigned from those that the building has already. Both are action attempts. */
import { randomUUID } from 'node:crypto';
import { beginAttempt, endAttempt } from './action-attempts.ts';
import { invalid, SeamError } from './errors.ts';
import { finishIssuance } from './issuance.ts';
import { nameOfMode, showMethod } from './methods.ts';
import type { ActionAttempt, Method } from './records.ts';
import type { Settings } from './settings.ts';
import { encoderOf } from './systems.ts';
import { born, iso, type Workspace } from './workspace.ts';

/** @throws SeamError 400 when the method is no card that an encoder may write now, 404 for an unknown encoder */
export function encode(
  workspace: Workspace,
  { method, encoderId }: { readonly method: Method; readonly encoderId: string },
): ActionAttempt {
  encoderOf(workspace, encoderId);
  assertReady({ workspace, method, by: 'encoding' });
  return beginAttempt(workspace, { type: 'ENCODE_CREDENTIAL', doorId: null, methodId: method.id });
}

/** @throws SeamError 400 when the method is no card that can be assigned now */
export function assignCard(workspace: Workspace, method: Method): ActionAttempt {
  assertReady({ workspace, method, by: 'assignment' });
  return beginAttempt(workspace, { type: 'ASSIGN_CREDENTIAL', doorId: null, methodId: method.id });
}

interface Readiness {
  readonly workspace: Workspace;
  readonly method: Method;
  readonly by: Settings['cardsBy'];
}

function assertReady({ workspace, method, by }: Readiness): void {
  if (method.mode !== 'card') throw invalid('access_method_id', 'Not a card');
  if (!method.readyForEncoding || workspace.settings.cardsBy !== by)
    throw new SeamError({ status: 400, type: `access_method_not_ready_for_${by}`, message: 'The card is not ready for this now' });
}

export function finishCard(workspace: Workspace, attempt: ActionAttempt): void {
  const method = workspace.state.methods.get(attempt.methodId ?? '');
  const { encodingError } = workspace.settings;
  const type = method === undefined ? 'credential_deleted' : encodingError;
  if (method === undefined || type !== null) {
    endAttempt(attempt, { error: { type: type ?? 'uncategorized_error', message: 'The card was not written.' } });
    return;
  }
  finishIssuance(workspace, method);
  endAttempt(attempt, { result: attempt.type === 'ASSIGN_CREDENTIAL' ? showMethod(workspace, method) : showCredential(workspace, method) });
}

/** The low-level credential that an encoder reports. */
function showCredential(workspace: Workspace, method: Method): object {
  const entrance = workspace.estate.entrances.find((other) => method.entranceIds.includes(other.acsEntranceId));
  return {
    ...born(workspace, method.createdAt),
    acs_credential_id: randomUUID(),
    acs_system_id: entrance?.acsSystemId ?? workspace.state.connectedAccountId,
    connected_account_id: workspace.state.connectedAccountId,
    access_method: method.mode,
    display_name: nameOfMode(method.mode),
    is_managed: true,
    is_issued: true,
    issued_at: iso(method.issuedAt ?? Date.now()),
    errors: [],
    warnings: [],
  };
}
