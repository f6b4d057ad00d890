/** /action_attempts: things that a device does some time after it was asked (unlock, encode, assign). */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { notFound } from './errors.ts';
import { page } from './page.ts';
import { id, list, pageParameters } from './parameters.ts';
import type { ActionAttempt } from './records.ts';
import { type Routes, route } from './route.ts';
import type { Workspace } from './workspace.ts';

type Outcome = { readonly result: object } | { readonly error: { readonly type: string; readonly message: string } };

/** Starts pending; the job `finish_attempt` ends it after the issuance delay. */
export function beginAttempt(
  workspace: Workspace,
  about: Pick<ActionAttempt, 'type' | 'doorId' | 'methodId' | 'credentialId'>,
): ActionAttempt {
  const attempt: ActionAttempt = { ...about, seq: workspace.next(), id: randomUUID(), status: 'pending', result: null, error: null };
  workspace.state.attempts.set(attempt.id, attempt);
  workspace.schedule({ at: Date.now() + workspace.settings.issuanceDelayMs, kind: 'finish_attempt', id: attempt.id });
  return attempt;
}

/** Done at once, as far as the attempt goes: what it set going is told by the thing itself. */
export function recordAttempt(
  workspace: Workspace,
  { type, result }: { readonly type: ActionAttempt['type']; readonly result: object },
): object {
  const attempt: ActionAttempt = {
    type,
    doorId: null,
    methodId: null,
    seq: workspace.next(),
    id: randomUUID(),
    status: 'success',
    result,
    error: null,
  };
  workspace.state.attempts.set(attempt.id, attempt);
  return showAttempt(attempt);
}

export function endAttempt(attempt: ActionAttempt, outcome: Outcome): void {
  if ('result' in outcome) Object.assign(attempt, { status: 'success', result: outcome.result });
  else Object.assign(attempt, { status: 'error', error: outcome.error });
}

export const showAttempt = (attempt: ActionAttempt): object => ({
  action_attempt_id: attempt.id,
  action_type: attempt.type,
  status: attempt.status,
  result: attempt.result,
  error: attempt.error,
});

export function actionAttemptRoutes({ state }: Workspace): Routes {
  return {
    '/action_attempts/get': route('GET', z.object({ action_attempt_id: id }), ({ action_attempt_id }) => {
      const attempt = state.attempts.get(action_attempt_id);
      if (attempt === undefined) throw notFound('action_attempt');
      return { action_attempt: showAttempt(attempt) };
    }),
    '/action_attempts/list': route(
      'GET',
      z.object({ ...pageParameters, action_attempt_ids: list(id).optional(), device_id: id.optional() }),
      (query) => {
        const matching = [...state.attempts.values()].filter(
          (attempt) =>
            (query.action_attempt_ids?.includes(attempt.id) ?? true) &&
            (query.device_id === undefined || attempt.doorId === query.device_id),
        );
        const found = page(matching, query);
        return { action_attempts: found.records.map(showAttempt), pagination: found.pagination };
      },
    ),
  };
}
